"""Every way in which a file is refused, one to a line so that the table can be read."""
# ruff: noqa: E501

from typing import Final

from tests.frameworks.samples import AGENCY_FILE, FRAMEWORK_FILE, SCALE_FILE, TOOL_FILE

FIVE_LEVELS: Final = """\
scale:
  key: five
  name: Five
  levels:
    - {key: a, name: Urgent, short: "1", good: no, colour: "#330000"}
    - {key: b, name: Weak, short: "2", good: no, colour: "#440000"}
    - {key: c, name: Fair, short: "3", good: no, colour: "#550000"}
    - {key: d, name: Strong, short: "4", good: yes, colour: "#000055"}
    - {key: e, name: Superb, short: "5", good: yes, colour: "#000044"}
"""

# Each refusal: the file, what is changed, the words by which its line is found in the changed file, and what is said.
# fmt: off
REFUSALS: Final = {
    "what the file is is missing": (SCALE_FILE, "file: scale\n", "", "key: two-level", "“file” is missing"),
    "what the file is is unknown": (SCALE_FILE, "file: scale", "file: scales", "file:", "Did you mean “scale”?"),
    "a key is not known": (TOOL_FILE, "summary:", "sumary:", "sumary", "Did you mean “summary”?"),
    "a section's key is not known": (TOOL_FILE, "    graded: yes", "    gradd: yes", "gradd", "Did you mean “graded”?"),
    "something is missing": (TOOL_FILE, "summary: A short tool.\n", "", "file: tool", "“summary” is missing"),
    "something is empty": (TOOL_FILE, "summary: A short tool.", "summary:", "summary:", "“summary” is empty"),
    "a list stands for text": (TOOL_FILE, "summary: A short tool.", "summary: [a]", "summary:", "must be text, not a list"),
    "text stands for a list": (TOOL_FILE, "applies_to: [looked_after, child_protection]", "applies_to: all", "applies_to:", "must be a list"),
    "text stands for a block": (TOOL_FILE, "framework:\n  key: local\n  version: 2026-04", "framework: local", "framework:", "must hold entries of its own, not text"),
    "text stands for an item": (TOOL_FILE, "- key: seen\n        text: Was the child seen?", "- Was the child seen?", "- Was the child", "must hold entries of its own, not text"),
    "a list stands for sections": (TOOL_FILE, "reasons:\n  - key: other", "reasons: other\nx:\n  - key: other", "reasons:", "must be a list"),
    "a yes or no is neither": (TOOL_FILE, "local_wording: yes", "local_wording: perhaps", "local_wording", "must be yes or no, not “perhaps”"),
    "a key is not a key": (TOOL_FILE, "key: safety\n", "key: Safety first\n", "Safety first", "cannot be a key"),
    "a version is not a version": (TOOL_FILE, 'version: "1"', "version: spring edition", "spring", "cannot be a version"),
    "text is too long": (TOOL_FILE, "name: Short audit", f"name: {'a' * 201}", "name: aaa", "up to 200 characters and has 201"),
    "a section comes twice": (TOOL_FILE, "key: synopsis", "key: safety", "key: safety\n    name: Safety", "already a section with the key “safety” on line 24"),
    "a question comes twice": (TOOL_FILE, "      - key: seen", "      - {key: seen, text: Seen}\n      - key: seen", "- key: seen", "already a question with the key “seen” on line 36"),
    "a level has no descriptor": (TOOL_FILE, "      met: The child is safe.\n", "", "not_met: The child", "no descriptor for “met” (Met)"),
    "a graded section has no descriptors": (TOOL_FILE, "    descriptors:\n      not_met: The work is not good.\n      met: The work is good.\n", "", "key: overall", "“descriptors” is missing"),
    "a descriptor is for no level": (TOOL_FILE, "      met: The child is safe.", "      mett: The child is safe.", "mett:", "Did you mean “met”?"),
    "two descriptors are the same": (TOOL_FILE, "met: The child is safe.", "met: The child is not safe.", "      met: The child", "Another level has the same words"),
    "a section that is not graded has descriptors": (TOOL_FILE, "    kind: text\n", "    kind: text\n    descriptors: {met: Good}\n", "descriptors: {", "Only a graded section has descriptors"),
    "a section says no kind": (TOOL_FILE, "    kind: text\n", "", "key: synopsis", "“kind” is missing"),
    "a kind is not known": (TOOL_FILE, "kind: text", "kind: essay", "kind: essay", "It can be “text”, “graded”"),
    "a kind and a grade do not fit": (TOOL_FILE, "    kind: text\n", "    kind: text\n    graded: yes\n    evidence_hint: Why?\n", "graded: yes", "does not fit “kind: text”"),
    "an area is not in the framework": (TOOL_FILE, "area: help", "area: halp", "area: halp", "Did you mean “help”?"),
    "a category is not known": (TOOL_FILE, "looked_after, child_protection", "looked_after, child_protected", "applies_to", "Did you mean “child_protection”?"),
    "a category comes twice": (TOOL_FILE, "looked_after, child_protection", "looked_after, looked_after", "applies_to", "is in the list twice"),
    "an agency is not named": (TOOL_FILE, "    kind: text\n", "    kind: text\n    agency: health\n", "agency: health", "The tool names no agencies"),
    "an agency is not known": (AGENCY_FILE, "    agency: health", "    agency: halth", "agency: halth", "Did you mean “health”?"),
    "an agency comes twice": (AGENCY_FILE, "  - {key: health, name: Health}", "  - {key: health, name: Health}\n  - {key: health, name: Health again}", "Health again", "already an agency with the key “health”"),
    "an agency writes nothing": (AGENCY_FILE, "    agency: health\n", "", "agencies:", "No section has “agency: health”"),
    "an agency makes the overall judgement": (AGENCY_FILE, "    overall: yes\n", "    overall: yes\n    agency: health\n", "agency: health\n    purpose: Your", "is the auditor's own"),
    "an agency writes the auditor's feedback": (AGENCY_FILE, "    kind: text\n", "    kind: feedback\n", "    agency: health", "is the auditor's own"),
    "a link is not safe": (TOOL_FILE, "    graded: yes", "    official_url: javascript:x\n    graded: yes", "official_url", "must begin with “https://”"),
    "two sections are the overall judgement": (TOOL_FILE, "    area: help\n", "    overall: yes\n", "overall: yes\n    purpose: Your", "one overall judgement"),
    "the overall judgement is not graded": (TOOL_FILE, "    kind: text\n", "    kind: text\n    overall: yes\n    required: yes\n", "overall: yes", "needs “graded: yes”"),
    "the overall judgement can be left out": (TOOL_FILE, "    overall: yes\n", "    overall: yes\n    may_be_not_applicable: yes\n", "overall: yes", "made on every case"),
    "a rule names a missing section": (TOOL_FILE, "sections: [safety]", "sections: [safty]", "sections: [safty]", "Did you mean “safety”?"),
    "a rule names a section without grades": (TOOL_FILE, "sections: [safety]", "sections: [synopsis]", "sections: [synopsis]", "not known here"),
    "a rule names no section": (TOOL_FILE, "sections: [safety]", "sections: []", "sections: []", "at least one item"),
    "a rule names a missing level": (TOOL_FILE, "at_or_below: not_met", "at_or_below: poor", "at_or_below: poor", "not known here"),
    "a rule limits to the best level": (TOOL_FILE, "overall_at_most: not_met", "overall_at_most: met", "overall_at_most: met", "would never do anything"),
    "a rule has nothing to limit": (TOOL_FILE, "    overall: yes\n", "", "limiting:", "no overall judgement to limit"),
    "a framework is not known": (TOOL_FILE, "key: local", "key: ilacs", "key: ilacs", "It can be “local”"),
    "a framework's version is not known": (TOOL_FILE, "version: 2026-04", "version: 2031-04", "version: 2031", "not known here"),
    "a scale is not known": (TOOL_FILE, "scale: two-level", "scale: two-levels", "scale: two-levels", "Did you mean “two-level”?"),
    "a known scale is given otherwise": (TOOL_FILE, "scale: two-level\n", FIVE_LEVELS.replace("key: five", "key: two-level"), "key: two-level\n  name: Five", "A different scale already has the key"),
    "a tool has no reasons": (TOOL_FILE, "reasons:\n  - key: other\n    name: Another reason\n    needs_words: yes\n", "", "file: tool", "“reasons” is missing"),
    "a tool has no sections": (TOOL_FILE, TOOL_FILE[TOOL_FILE.index("sections:") : TOOL_FILE.index("limiting:")], "sections: []\n", "sections: []", "“sections” needs at least one item"),
    "a scale has one level": (SCALE_FILE, SCALE_FILE[SCALE_FILE.index("  - key: not_met") : SCALE_FILE.index("  - key: met")], "", "levels:", "“levels” needs at least 2 items"),
    "a scale has no good level": (SCALE_FILE, "good: yes", "good: no", "levels:", "must count as good"),
    "a scale is not worst first": (SCALE_FILE.replace("good: yes", "good: no"), "good: no", "good: yes", "good: no", "from worst to best"),
    "a level comes twice": (SCALE_FILE, "key: met", "key: not_met", "key: not_met\n    name: Met", "already a level"),
    "two levels have one name": (SCALE_FILE, "name: Met\n", "name: Not met\n", "name: Not met\n    short: M", "Another level has this too"),
    "a colour is not a colour": (SCALE_FILE, "#4a1d00", "brown", "brown", "“#” and six digits"),
    "a colour cannot be seen on white": (SCALE_FILE, "#4a1d00", "#ffdd00", "#ffdd00", "too pale"),
    "a colour comes twice": (SCALE_FILE, "#0a2f57", "#4A1D00", "#4A1D00", "Another level has this too"),
    "a day is not a day": (FRAMEWORK_FILE, "2026-04-01", "2026-02-30", "2026-02-30", "not a date"),
    "a day is in other words": (FRAMEWORK_FILE, "2026-04-01", "1 April 2026", "1 April", "such as 2026-04-01"),
    "a framework ends before it begins": (FRAMEWORK_FILE, "2027-03-31", "2025-03-31", "2025-03-31", "ends before it begins"),
    "a framework has no areas": (FRAMEWORK_FILE, "areas:\n  - key: help\n    name: Help and protection\n  - key: care\n    name: Children in care\n", "areas: []\n", "areas: []", "at least one item"),
    "an area that a rule names is missing": (FRAMEWORK_FILE, "sections: [help]", "sections: [hope]", "[hope]", "It can be “help”, “care”"),
    "a framework without an overall judgement limits it": (FRAMEWORK_FILE, "overall: yes", "overall: no", "limiting:", "no overall judgement to limit"),
    "a framework without an overall judgement names it": (FRAMEWORK_FILE, "overall: yes", "overall: no", "overall_name", "cannot have a name"),
    "an entry is given twice": (TOOL_FILE, "summary: A short tool.", "summary: A short tool.\nsummary: Another.", "summary: Another", "already given on line 5"),
    "a nested entry is given twice": (TOOL_FILE, "      met: The child is safe.", "      met: The child is safe.\n      met: Very.", "met: Very", "already given"),
    "words are referred to": (TOOL_FILE, "summary: A short tool.", "summary: &s A short tool.", "summary:", "references such as “&s”"),
    "words are taken from elsewhere": (TOOL_FILE, "name: In brief", "name: *s", "name: *s", "references such as “*s”"),
    "a thing is to be made": (TOOL_FILE, "A short tool.", "!!python/object/apply:os.system [ls]", "summary", "a file can only hold text"),
    "a text is tagged": (TOOL_FILE, "A short tool.", "!!str x", "summary", "a file can only hold text"),
    "two files are in one": (SCALE_FILE, "levels:", "---\nfile: scale\nlevels:", "---", "one scale, framework or tool in each file"),
    "the indent is wrong": (SCALE_FILE, "    name: Not met", "   name: Not met", "   name: Not met", "cannot read the file from here on"),
    "a quotation mark is missing": (SCALE_FILE, 'short: "N"', 'short: "N', "short:", "up to 6 characters"),
    "a tab is an indent": (SCALE_FILE, "    name: Not met", "\tname: Not met", "\tname: Not met", "cannot read the file from here on"),
    "a character cannot be stored": (SCALE_FILE, "name: Met or", "name: Met \x07 or", "name: Met", "cannot hold"),
    "a hidden character turns text round": (SCALE_FILE, "name: Met or", "name: Met \u202e or", "name: Met", "U+202E"),
    "a hidden character is written as a code": (SCALE_FILE, 'short: "N"', r'short: "\ud800"', "short:", "U+D800"),
    "a character code is impossible": (SCALE_FILE, 'short: "N"', r'short: "\UFFFFFFFF"', "file:", "does not exist"),
    "a name is not text": (SCALE_FILE, "key: two-level", "key: two-level\n[a, b]: c", "[a, b]", "must be plain text"),
}
# fmt: on
