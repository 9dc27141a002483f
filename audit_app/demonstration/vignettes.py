"""The cases that Northmere's people grade together: wholly invented, as an officer would write them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One invented case: what its record shows by section, and the panel's grades with their reasons."""

    title: str
    category: str
    words: Mapping[str, str]
    reference: Mapping[str, tuple[str, str]]


NEGLECT = Told(
    "Four children and a cold house",
    "child_protection",
    {
        "safety": "Four children are on plans for neglect. The kitchen was unsafe at three visits in ten weeks. Each "
        "time the mother was asked to clear it and did so for some days. The school wrote twice that the younger two "
        "come hungry. The conference was told; no time was set by which it must be different.",
        "plan": "The plan lists fourteen actions. Nine are services to attend. Four say what must change for the "
        "children, with a date. The mother can name two of them.",
        "voice": "The older two were seen alone at each visit. The eldest drew her week: she cooks on five evenings. "
        "The drawing is on file. Neither the plan nor the core group minutes speak of it.",
        "management_oversight": "Supervision is monthly and in time. It records what was done and confirms the plan. "
        "It does not ask what will happen if the house is cold again in winter.",
    },
    {
        "safety": (
            "requires_improvement",
            "Risk is seen and shared, and nothing is too late. But the same harm comes back and nobody says by when it "
            "must end.",
        ),
        "plan": (
            "requires_improvement",
            "Four actions are right. Most are services, and the mother does not know what is expected of her.",
        ),
        "voice": (
            "requires_improvement",
            "Seeing them alone and the drawing are good work. What the eldest said changed nothing, so it is not good.",
        ),
        "management_oversight": (
            "inadequate",
            "Supervision is regular but leaves drift unquestioned while children go cold and hungry.",
        ),
        "overall": (
            "requires_improvement",
            "Careful, kind work without a limit of time. The children are safer than before and not yet well.",
        ),
    },
)
REUNION = Told(
    "Going home after a year in care",
    "looked_after",
    {
        "safety": "A boy of nine went home after thirteen months with foster carers. Before that the worker visited "
        "the home nine times, twice without notice, and spoke with the school and the mother’s doctor. A plan says who "
        "is called at night, and his carer is one of them.",
        "plan": "Three stages, each with what must be true before the next begins. The second was put off by two weeks "
        "when the boy said that it was too fast, and the plan says so.",
        "voice": "He was asked at each stage, alone and with his carer. His words open the plan. He chose which "
        "weekend came first and who would take his rabbit.",
        "management_oversight": "The manager read the assessment before each stage and wrote what would end them. "
        "When the father came back in the second month the stages were looked at again within two days.",
    },
    {
        "safety": ("good", "Risk was tested before and after he went home. Nights are thought of, not only days."),
        "plan": ("outstanding", "Each stage has a test, and his own pace changed it."),
        "voice": ("outstanding", "His words lead, and one can point to what they changed."),
        "management_oversight": ("good", "Oversight is ahead of events and comes back when things change."),
        "overall": (
            "good",
            "Strong throughout. The record does not yet show how life is at home after the first weeks.",
        ),
    },
)
TOLD = (NEGLECT, REUNION)
PRESENT = Told(
    "A girl of fifteen who is often missing",
    "child_in_need",
    {
        "safety": "Missing nine times in four months, twice overnight. After seven of these times she was spoken with, "
        "four times within three days. She named a park and a flat. The police were told of the flat after the third "
        "time that she named it.",
        "assessment": "The assessment is from before she was first missing. It tells her history well, and nothing "
        "of exploitation. An update was begun and has no date.",
        "voice": "She talks with one worker whom she trusts, in the car. Those talks are written down in her words.",
    },
    {
        "safety": (
            "inadequate",
            "She told us where she goes, and it took three times before anybody acted on it.",
        ),
        "assessment": ("inadequate", "It is about another time in her life. What threatens her now is not in it."),
        "voice": ("good", "She is known and heard by somebody, and it is kept as she said it."),
        "overall": ("inadequate", "A good relation with her does not make up for harm that was known and not stopped."),
    },
)
REASONS = (
    "I looked for what changed for the child, and weighed that most.",
    "The work is there. What it led to is not always said.",
    "It fits this level best when I read the descriptors one below the other.",
    "One strong thing here, and one that is missing. The missing one matters more.",
)
# How far each of the eight stands from the panel in each section, in levels: hopeful people, and some who are strict.
DISTANCES = (
    (0, 0, 1, 0, 0),
    (1, 0, 0, 1, 0),
    (0, 1, 1, 1, 1),
    (0, 0, 0, 0, 0),
    (1, 1, 1, 2, 1),
    (-1, 0, 0, 0, 0),
    (0, 1, 0, 1, 0),
    (2, 1, 1, 2, 2),
)
