"""The pages of docs/ that are made from tables in the code: `python -m tools.generated_pages` writes them again."""

from pathlib import Path

from audit_app.access import table
from audit_app.actions import workflow as actions
from audit_app.auditing import workflow

DOCS = Path(__file__).resolve().parents[1] / "docs"


def pages() -> dict[str, str]:
    """The text of each generated page, by file name."""
    stages = "\n".join(f"| {stage.value} | {stage.words} |" for stage in workflow.Stage)
    states = "\n".join(f"| {state.value} | {state.words} |" for state in actions.State)
    return {
        "workflow.md": (
            "# An audit’s life\n\nGenerated from `audit_app/auditing/workflow.py`; change it there, then "
            "`python -m tools.generated_pages`.\n\n"
            f"```mermaid\n{workflow.as_mermaid()}```\n\n| stage | as people read it |\n|---|---|\n{stages}\n"
        ),
        "action_states.md": (
            "# An action’s life\n\nGenerated from `audit_app/actions/workflow.py`; change it there, then "
            "`python -m tools.generated_pages`.\n\n"
            f"```mermaid\n{actions.as_mermaid()}```\n\n| state | as people read it |\n|---|---|\n{states}\n"
        ),
        "access.md": (
            "# Who may do what\n\nGenerated from `audit_app/access/table.py`; change it there, then "
            "`python -m tools.generated_pages`.\n\nA role is granted in a unit and holds in all below it, perhaps "
            f"until a date. What is assigned to somebody by name comes on top.\n\n{table.as_markdown()}"
        ),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text)
