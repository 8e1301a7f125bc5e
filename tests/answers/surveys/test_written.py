"""Questions go out to other programs and the same answers come back; nothing of an answer goes out."""

from __future__ import annotations

import io
import random
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from dataclasses import replace

import pytest

import hrkit
from hrkit.answers.codes import new_code
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import open_store
from hrkit.commands.export import PRINTED, programs
from hrkit.errors import EngagementError, HrkitError
from hrkit.forms.surveys import tools
from hrkit.forms.surveys.outline import outline
from hrkit.forms.surveys.tools.ddi import NAMESPACE
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot

from ..simulated import Person
from .filled import PROGRAMS, limesurvey_fields, qualtrics_fields, sheets, tables

#: Signs that mean something in one program or another; none of them may there.
NASTY = 'Åkær & Søn {perspective} [[Block:x]] ${unit} <b>=1+1</b> "q"'
ENGAGEMENT = """\
hrkit: 1
id: harbour
client: 'CLIENT'
consultant: {name: 'CLIENT'}
language: da
languages: [da, en, nl]
instrument: INSTRUMENT
units:
  - {id: all, name: "Harbour"}
  - {id: quay-north, name: "North quay", parent: all}
  - {id: sheds, name: 'Sheds {x} [[y]] ${z} <i>', parent: all}
waves:
  - {id: w1, name: {en: "Spring", da: "Forår", nl: "Voorjaar"}}
  - {id: w2, name: {en: "Autumn", da: "Efterår", nl: "Najaar"}}
audience: {en: "The board", da: "Ledelsen {x}", nl: "De directie"}
"""


#: As people type them; nobody has to have one.
CODES = ("K7MQ-4XRT-9B", "", "q2wx 3ert 5a", "ZZZZ-2222-34", "", "anders@harbour.example")


def made(place, instrument="partnership"):
    text = ENGAGEMENT.replace("CLIENT", NASTY).replace("INSTRUMENT", instrument)
    (place / "engagement.yml").write_text(text, encoding="utf-8")
    return engagements.load(place)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    return made(tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="module")
def written(harbour):
    """The files of each program."""
    survey = outline(harbour.as_in("w2"), harbour.wave("w2"), coded=True)
    return {name: tools.writer(name)(survey) for name in tools.names()}


def crowd(engagement):
    """Two of each role: ratings, both ways out, blanks, three of the list or none, own words."""
    draw, found = random.Random(11), []
    for n, who in enumerate(engagement.instrument.perspectives * 2):
        given = {}
        for question in engagement.instrument.questions(who):
            scale = question.facet.scale
            if scale.kind == "pick":
                some = draw.sample(scale.options, draw.randint(scale.fewest, scale.most))
                given |= {question.key: ballot(scale.options, some)} if n % 5 else {}
            elif scale.kind == "text":
                given[question.key] = f"=1+1; {{x}} ${{y}} {n}\nand æøå – “quoted”"
            elif draw.random() < 0.9:
                given[question.key] = draw.choice(
                    [c.value for c in (*scale.choices, *scale.ways_out)]
                )
        found.append(
            Person(
                who,
                ("quay-north", "sheds")[n % 2],
                given,
                ("en", "da", "nl")[n % 3],
                CODES[n] if n < 6 else "",
            )
        )
    return found


def said(reading):
    answers = reading.responses.answers
    people = reading.responses.people[["respondent", "wave", "unit", "perspective"]]
    found = []
    for who, *facts in people.itertuples(index=False, name=None):
        mine = answers[answers["respondent"] == who]
        found.append(
            (*facts, frozenset(zip(mine["item"], mine["facet"], mine["value"], strict=True)))
        )
    return found


def expected(engagement, people):
    keys = engagement.instrument.keys
    return [
        ("w2", one.unit, one.perspective,
         frozenset((keys[k].item.id, keys[k].facet.id, v) for k, v in one.given.items()))
        for one in people
    ]  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_goes_out_and_is_filled_in_comes_back_the_same(harbour, written, tmp_path, program):
    people = crowd(harbour)
    found, notes, codes = [], [], []
    for path in PROGRAMS[program](written[program].files, people, harbour, tmp_path):
        reading = read_answers(path, harbour)
        found += said(reading)
        notes += reading.notes
        codes += [reading.codes.get(who, "") for who in reading.responses.people["respondent"]]
    assert codes == [one.code for one in people]
    assert [(one[2], len(one[3])) for one in found] == [
        (one[2], len(one[3])) for one in expected(harbour, people)
    ]
    assert found == expected(harbour, people)
    assert any("was read as an export of" in note for note in notes)


@pytest.mark.parametrize("instrument", ["service-check", "role-blueprint"])
@pytest.mark.parametrize("program", ["limesurvey", "xlsform"])
def test_other_instruments_go_the_same_way(tmp_path, instrument, program):
    engagement = made(tmp_path, instrument)
    files = tools.writer(program)(outline(engagement.as_in("w2"), engagement.wave("w2"))).files
    people = crowd(engagement)
    (path,) = PROGRAMS[program](files, people, engagement, tmp_path)
    assert said(read_answers(path, engagement)) == expected(engagement, people)


@pytest.mark.parametrize("program", PROGRAMS)
def test_up_to_three_of_a_list_go_the_same_way(tmp_path, program):
    """What one tool asks in each program: one, two or three of a list of its own."""
    engagement = made(tmp_path, "preparation")
    files = tools.writer(program)(
        outline(engagement.as_in("w2"), engagement.wave("w2"), coded=True)
    ).files
    people = crowd(engagement) * 4
    people = [replace(one, code="") for one in people]
    found = []
    for path in PROGRAMS[program](files, people, engagement, tmp_path):
        found += said(read_answers(path, engagement))
    assert found == expected(engagement, people)


@pytest.mark.parametrize("program", ["msforms", "qualtrics", "surveyxact"])
def test_what_a_file_cannot_say_of_a_choice_is_said_beside_it(tmp_path, program):
    """To whoever makes the survey: how many of what; and nothing where nothing is chosen."""

    def notes(instrument):
        (tmp_path / instrument).mkdir()
        engagement = made(tmp_path / instrument, instrument)
        survey = outline(engagement.as_in("w2"), engagement.wave("w2"))
        return [one for one in tools.writer(program)(survey).notes if "“" in one and " 3" in one]

    assert notes("services") == []
    (exactly,), (up_to,) = notes("partnership"), notes("preparation")
    assert re.search("Exactly 3|at least and at most 3|smallest and largest", exactly)
    assert re.search("Up to 3|set at most 3|set the largest", up_to)


def test_up_to_three_are_bounded_from_above_alone(tmp_path):
    engagement = made(tmp_path, "preparation")
    survey = outline(engagement.as_in("w2"), engagement.wave("w2"))
    found = tables(tools.writer("limesurvey")(survey).files[".lss"])
    (boxes,) = [row["qid"] for row in found["questions"] if row["type"] == "M"]
    told = [row for row in found["question_attributes"] if row["qid"] == boxes]
    assert {r["attribute"]: r["value"] for r in told if not r["language"]} == {
        "max_answers": "3", "em_validation_q": "count(self.NAOK) <= 3",
    }  # fmt: skip
    assert {row["value"] for row in told if row["language"]} == {
        "Vælg højst 3.", "Choose up to 3.", "Kies er hoogstens 3.",
    }  # fmt: skip
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    path.write_bytes(tools.writer("xlsform")(survey).files[".xlsx"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = convert(path)
    assert done.warnings == [] and "count-selected(.) &lt;= 3" in done.xform


def test_a_survey_of_another_engagement_is_refused(harbour, written, tmp_path):
    (path,) = PROGRAMS["limesurvey"](written["limesurvey"].files, crowd(harbour), harbour, tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"harbour"', b'"seaside"'))
    with pytest.raises(HrkitError, match="seaside"):
        read_answers(path, harbour)


# ------------------------------------------------------------------------------- each program's own

#: Fields of each table as LimeSurvey 5.4 to 6.10 write them (tables of version 490 to 627).
REAL = {
    "answers": "aid qid code sortorder assessment_value scale_id",
    "answer_l10ns": "id aid answer language",
    "groups": "gid sid group_order randomization_group grelevance",
    "group_l10ns": "id gid group_name description language sid group_order randomization_group grelevance",
    "questions": "qid parent_qid sid gid type title preg other mandatory encrypted question_order scale_id "
    "same_default relevance question_theme_name modulename same_script",
    "question_l10ns": "id qid question help script language",
    "question_attributes": "qid attribute value language",
    "surveys": "sid gsid admin expires startdate adminemail anonymized faxto format savetimings template "
    "language additional_languages datestamp usecookie allowregister allowsave autonumber_start autoredirect "
    "allowprev printanswers ipaddr ipanonymize refurl showsurveypolicynotice publicstatistics publicgraphs "
    "listpublic htmlemail sendconfirmation tokenanswerspersistence assessments usecaptcha usetokens "
    "bounce_email attributedescriptions emailresponseto emailnotificationto tokenlength showxquestions "
    "showgroupinfo shownoanswer showqnumcode bouncetime bounceprocessing bounceaccounttype bounceaccounthost "
    "bounceaccountpass bounceaccountencryption bounceaccountuser showwelcome showprogress questionindex "
    "navigationdelay nokeyboard alloweditaftercompletion googleanalyticsstyle googleanalyticsapikey "
    "tokenencryptionoptions",
    "surveys_languagesettings": "surveyls_survey_id surveyls_language surveyls_title surveyls_description "
    "surveyls_welcometext surveyls_endtext surveyls_policy_notice surveyls_policy_error "
    "surveyls_policy_notice_label surveyls_url surveyls_urldescription surveyls_dateformat "
    "surveyls_attributecaptions surveyls_numberformat attachments",
}  # fmt: skip
REAL["subquestions"] = REAL["questions"]


def test_limesurvey_has_the_structure_of_its_own_files(written):
    data = written["limesurvey"].files[".lss"]
    root, found = ET.fromstring(data), tables(data)
    assert [root[i].tag for i in range(3)] == ["LimeSurveyDocType", "DBVersion", "languages"]
    assert root.findtext("LimeSurveyDocType") == "Survey"
    assert [one.text for one in root.iterfind("languages/language")] == ["da", "en", "nl"]
    assert set(found) == set(REAL), "no quotas, no conditions, no tokens"
    for name, rows in found.items():
        declared = [one.text for one in root.iterfind(f"{name}/fields/fieldname")]
        assert set(declared) <= set(REAL[name].split()), name
        assert all(set(row) == set(declared) for row in rows)
    gids = {row["gid"] for row in found["groups"]}
    every = found["questions"] + found["subquestions"]
    qids = [row["qid"] for row in every]
    assert len(set(qids)) == len(qids) and {row["gid"] for row in every} <= gids
    assert {row["parent_qid"] for row in found["subquestions"]} <= set(qids)
    for links, key, owners in (
        ("group_l10ns", "gid", gids),
        ("question_l10ns", "qid", set(qids)),
        ("answer_l10ns", "aid", {row["aid"] for row in found["answers"]}),
    ):
        assert Counter(row[key] for row in found[links]) == dict.fromkeys(owners, 3)
    titles = [row["title"] for row in found["questions"]]
    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]{0,19}", title) for title in titles)
    codes = Counter((row["qid"], row["code"]) for row in found["answers"])
    assert set(codes.values()) == {1} and all(len(code) <= 5 for _, code in codes)


@pytest.mark.parametrize("program", PROGRAMS)
def test_who_answers_elsewhere_is_found_again_in_the_next_round(tmp_path, program):
    """The kit's form gave a code in the first round; in the second it is typed in another program."""
    engagement = made(tmp_path)
    w1, w2 = "w1", "w2"
    person = crowd(engagement)[1]
    files = tools.writer(program)(
        outline(engagement.as_in(w2), engagement.wave(w2), coded=True)
    ).files
    with open_store(engagement) as store:
        code = new_code()
        key = store.begin(w1, person.unit, person.perspective, code=code)
        item = next(iter(engagement.instrument.questions(person.perspective))).item
        store.save(key, item.id, item.facets[0].id, "4")
        typed = replace(person, code=code.lower().replace("-", " "))
        (path,) = PROGRAMS[program](files, [typed], engagement, tmp_path)
        store.add(read_answers(path, engagement))
        assert len(store.links(w1, w2)) == 1


@pytest.mark.parametrize(
    "typed", ["-", "Ingen", "I have no code", "geen", "?", "Nej", "weet ik niet"]
)
def test_who_has_no_code_and_says_so_has_none(harbour, written, tmp_path, typed):
    people = [replace(one, code=typed) for one in crowd(harbour)[:3]]
    (path,) = PROGRAMS["limesurvey"](written["limesurvey"].files, people, harbour, tmp_path)
    reading = read_answers(path, harbour)
    assert reading.rows == 3 and reading.codes == {}
    assert any("in place of a code" in note and "rows 2–4" in note for note in reading.notes)


def test_codes_are_asked_for_where_there_are_some(tmp_path, capsys):
    """In a second round, or where slips were drawn; and told what that means for the export."""
    engagement = made(tmp_path)
    path = engagement.folder / "engagement.yml"

    def asked(**how):
        done = hrkit.export(
            engagement.folder, "limesurvey", output=tmp_path / "out", overwrite=True, **how
        )
        titles = {row["title"] for row in tables(done.paths[0].read_bytes())["questions"]}
        assert any("personal code" in note for note in done.notes) == ("code" in titles)
        return "code" in titles

    assert asked() and not asked(codes=False)
    lines = [line for line in path.read_text("utf-8").splitlines(True) if "id: w2" not in line]
    path.write_text("".join(lines), "utf-8")
    assert not asked() and asked(codes=True)
    hrkit.codes(engagement.folder, unit="all", perspective="hr", count=1, output=tmp_path / "slips")
    assert asked()
    with pytest.raises(HrkitError, match="says nothing about paper"):
        hrkit.export(engagement.folder, "paper", codes=True)


def test_limesurvey_keeps_nothing_of_who_when_and_where(written):
    (settings,) = tables(written["limesurvey"].files[".lss"])["surveys"]
    assert settings["anonymized"] == "Y" and settings["ipanonymize"] == "Y"
    for name in ("datestamp", "ipaddr", "refurl", "savetimings", "usecookie", "allowsave",
                 "listpublic", "publicstatistics", "sendconfirmation", "printanswers"):  # fmt: skip
        assert settings[name] == "N", name


def test_limesurvey_takes_three_or_none_and_tells_so_in_each_language(written):
    found = tables(written["limesurvey"].files[".lss"])
    (boxes,) = [row["qid"] for row in found["questions"] if row["type"] == "M"]
    said = [row for row in found["question_attributes"] if row["qid"] == boxes]
    assert {r["attribute"]: r["value"] for r in said if not r["language"]} == {
        "max_answers": "3",
        "em_validation_q": "count(self.NAOK) == 0 or count(self.NAOK) == 3",
    }
    assert {row["language"]: row["value"] for row in said if row["language"]} == {
        "da": "Vælg 3.", "en": "Choose 3.", "nl": "Kies er 3.",
    }  # fmt: skip


def test_outside_text_is_no_markup_and_no_expression_in_limesurvey(written):
    found = tables(written["limesurvey"].files[".lss"])
    texts = [row["question"] for row in found["question_l10ns"]]
    texts += [row["answer"] for row in found["answer_l10ns"]]
    texts += [v for row in found["surveys_languagesettings"] for k, v in row.items() if "text" in k]
    assert not any("{" in text or "}" in text for text in texts)
    assert not any(re.search(r"<(?!/?p>)", text) for text in texts)
    assert any("Sheds &#123;x&#125; [[y]]" in text for text in texts)


def test_xlsform_is_one_to_pyxform(written, tmp_path):
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    path.write_bytes(written["xlsform"].files[".xlsx"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = convert(path)
    assert done.warnings == []
    form = ET.fromstring(done.xform)
    assert "count-selected(.) = 3" in done.xform
    names = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
    spoken = [one.get("lang") for one in form.iterfind(".//x:translation", names)]
    assert sorted(spoken) == ["Dansk (da)", "English (en)", "Nederlands (nl)"]


def test_outside_text_names_no_field_of_an_xlsform(written):
    book = sheets(written["xlsform"].files[".xlsx"])
    for rows in book.values():
        for row in rows:
            for head, text in row.items():
                assert "${" not in text or head == "relevant", (head, text)
    assert {row["type"] for row in book["survey"]}.isdisjoint(
        {"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit"}
    )


def test_a_cell_is_text_in_every_workbook(written):
    for program in ("xlsform", "surveyxact"):
        with zipfile.ZipFile(io.BytesIO(written[program].files[".xlsx"])) as book:
            for name in book.namelist():
                assert b"<f>" not in book.read(name) and b"hyperlink" not in book.read(name)


def test_outside_text_is_no_command_to_qualtrics(written):
    for code in ("da", "en", "nl"):
        text = written["qualtrics"].files[f"-{code}.txt"].decode("utf-8")
        fields, hidden = qualtrics_fields(text)
        assert hidden == {"hrkit": "harbour", "wave": "w2"}
        ids = [one.code for _, one in fields]
        assert len(set(ids)) == len(ids)
        assert "${" not in text and not re.search(r"<(?!/?(?:b|i|br)>)", text)
        commands = {line for line in text.splitlines() if "[[" in line}
        assert all(re.fullmatch(r"\[\[[^\[\]]+\]\]", line) for line in commands)


def test_ddi_is_a_codebook_of_every_column(harbour, written):
    root = ET.fromstring(written["ddi"].files[".xml"])
    spaces = {"d": NAMESPACE}
    assert root.tag == f"{{{NAMESPACE}}}codeBook" and root.get("version") == "2.5"
    variables = root.findall("d:dataDscr/d:var", spaces)
    ids = [var.get("ID") for var in variables]
    assert len(set(ids)) == len(ids)
    groups = root.findall("d:dataDscr/d:varGrp", spaces)
    named = [name for group in groups for name in (group.get("var") or "").split()]
    assert set(named) <= set(ids) and len(set(named)) == len(named)
    order = ["labl", "qstn", "universe", "catgry", "varFormat"]
    for var in variables:
        found = [order.index(child.tag.partition("}")[2]) for child in var]
        assert found == sorted(found)
    columns = {name for one in outline(harbour.as_in("w2"), harbour.wave("w2"), coded=True).everything if one.kind != "line"
               for name in ([f"{one.code}_{o.code}" for o in one.options] if one.kind == "many" else [one.code])}  # fmt: skip
    assert {var.get("name") for var in variables} == columns


def test_every_language_is_told_the_thresholds_and_who_sees_the_report(harbour, written):
    lss = tables(written["limesurvey"].files[".lss"])["surveys_languagesettings"]
    for row in lss:
        words = harbour.words(row["surveyls_language"])
        told = words("forms.welcome.groups.text", k=5, details=10)
        welcome = row["surveyls_welcometext"]
        assert told in welcome and words("forms.survey.choice") in welcome
        assert words("forms.welcome.choice.text") not in welcome, "another program saves as it does"
        fields, _ = limesurvey_fields(written["limesurvey"].files[".lss"], row["surveyls_language"])
        assert len({one.text for one in fields}) > 40


# --------------------------------------------------------------------------------------- the command


SENTINEL = "zyxwv sentinel 271828"


def test_no_answer_goes_out(client_folder, tmp_path):
    folder = client_folder("municipality")
    engagement = engagements.load(folder)
    with open_store(engagement, create=False, write=False) as store:
        words = [text for text in store.comments()["text"] if len(text) > 12]
        keys = list(store.read().people["respondent"])
    assert words and keys
    for program in ("limesurvey", "xlsform", "qualtrics", "surveyxact", "ddi"):
        done = hrkit.export(folder, program, output=tmp_path / program)
        for path in done.paths:
            data = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as parts:
                    data = b"\n".join(parts.read(name) for name in parts.namelist())
            text = data.decode("utf-8")
            assert not [one for one in (*words, *keys) if one in text]


def test_every_program_is_named_and_says_what_it_cannot(harbour, tmp_path):
    assert set(programs()) == {*tools.names(), *PRINTED}
    with pytest.raises(HrkitError, match="no program 'sas'; there are ddi, limesurvey"):
        hrkit.export(harbour.folder, "sas")
    with pytest.raises(HrkitError, match="Nobody answers in de"):
        hrkit.export(harbour.folder, "ddi", language="de")
    for program in tools.names():
        done = hrkit.export(harbour.folder, program, language="nl", output=tmp_path / program)
        assert done.notes and all(path.parent == tmp_path / program for path in done.paths)
        assert all(path.name.startswith(f"harbour-w2-{program}") for path in done.paths)
        again = hrkit.export(harbour.folder, program, language="nl", output=tmp_path / program)
        assert again.paths == done.paths
    lss = tmp_path / "limesurvey" / "harbour-w2-limesurvey.lss"
    assert [one.text for one in ET.fromstring(lss.read_bytes()).iterfind("languages/language")] == [
        "nl"
    ]


def test_the_questionnaire_as_word(harbour, tmp_path):
    from docx import Document

    done = hrkit.export(harbour.folder, "word", language="en", output=tmp_path)
    assert len(done.paths) == len(harbour.instrument.perspectives)
    text = "\n".join(p.text for p in Document(str(done.paths[0])).paragraphs)
    assert "Results are shown for groups of at least 5" in text


def test_nobody_is_asked_before_it_is_said_who_sees_the_report(tmp_path):
    engagement = made(tmp_path)
    path = engagement.folder / "engagement.yml"
    path.write_text(re.sub(r"audience: .*", "", path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(EngagementError, match="who will see the report"):
        hrkit.export(engagement.folder, "limesurvey")
