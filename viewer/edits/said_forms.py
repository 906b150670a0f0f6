"""The forms in which running text says a date: tables for `viewer.edits.dates_in_text`.

All of them run over the text once and are bounded, so that the time they take grows with its
length alone. What is listed in `NAMES` hides what it covers: `6월 민주항쟁` is no month.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from viewer.edits.typed_forms import MONTH_NAMES, WEEKDAYS


class Form(NamedTuple):
    pattern: re.Pattern[str]
    korean: bool = False


_GAP = r" {0,2}"
_BLANK = r" {1,2}"
_NOT_IN_NUMBER = r"(?<![0-9A-Za-z./:·%$€£₩-])(?<![0-9],)"
_NUMBER_ENDS = r"(?![0-9%]|[.,:/·-][0-9])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
_OTHER_YEAR = _YEAR.replace("year", "year2")

# --------------------------------------------------------------------------------------- English
# Months in capitals only: `march` and `may` are other words.
_names = sorted(MONTH_NAMES, key=len, reverse=True)
_NAME = rf"(?P<name>{'|'.join([*map(str.title, _names), *map(str.upper, _names)])})(?![A-Za-z])"
_NAME += r"(?:(?<=\b[A-Z][A-Za-z]{2})(?<!May)(?<!MAY)\.|(?<=\b[Ss][Ee][Pp][Tt])\.)?"
_ANY_NAME = _NAME.replace("?P<name>", "?:")
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)"
_TO = rf"(?:{_GAP}[-~]{_GAP}|{_BLANK}(?:to|through|until|till){_BLANK})"
_LAST = rf"{_TO}(?P<last>\d{{1,2}})(?:{_ORDINAL})?"
_AWAY = r"(?P<relyear>(?:last|this|next) {1,2}year|(?:the same|that|the following) {1,2}year)"
_ITS_YEAR = (
    rf"(?:,?{_BLANK}(?:of{_BLANK})?{_YEAR}(?!\d|-\d)|,?{_BLANK}(?:of{_BLANK}|in{_BLANK})?{_AWAY}\b)"
)
_WAY = r"(?P<way>[Ll]ast|[Tt]his past|[Tt]his coming|[Tt]his|[Nn]ext)"
_OF_YEAR = rf"{_BLANK}(?:of|in){_BLANK}(?:{_YEAR}(?!\d)|{_AWAY}\b)"
_OF_OR_YEAR = rf"{_BLANK}(?:(?:of{_BLANK}|in{_BLANK})?{_YEAR}(?!\d)|(?:of{_BLANK})?{_AWAY}\b)"
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_ABOUT = rf"(?P<about>(?:[Cc]irca|ca?\.|[Aa]round|[Aa]bout){_BLANK})"
_EVENT = r"(?:Movement|Uprising|Revolution|War|Incident|[Aa]ttack)"
_NAMED_AFTER_A_DAY = rf"(?! (?:{_EVENT}|Joint|Declaration|Inter-Korean|North-South))"
_IN = (
    r"(?i:in|since|by|until|till|from|to|of|through|before|after|during|early|mid|late|between|and)"
)
_ON = r"(?i:on|by|until|till|from|to|since|between|and|before|after|through|dated)"
# What may follow `the 24th`: no noun, for then it would be the 24th of those.
_GOES_ON = (
    r"(?=$|[.,;:)\"'!?]| \(| (?:at|in|via|by|for|to|and|with|that|as|when|while|after|before|during"
    r"|through|until|local|between|from|following|over|if|but|or|he|she|it|they|we|the|this|these"
    r"|will|would|was|were|is|has|had|according|amid|despite|ahead|without|because)\b)"
)
_SAME_OF_A_NOUN = rf"(?! (?:to|and|through|or) (?:the )?\d{{1,3}}{_ORDINAL}(?!{_GOES_ON}))"
_weekdays = "|".join(name.title() for name in WEEKDAYS if name.endswith("day"))

_ENGLISH = (
    # 21 May 2022, the 21st of May, 20-22 May 2022, 5 to 7 May last year
    rf"{_NOT_IN_NUMBER}(?:{_ABOUT})?(?:[Tt]he{_BLANK})?{_DAY}(?:{_ORDINAL})?(?:{_LAST})?{_BLANK}"
    rf"(?:(?:day{_BLANK})?of{_BLANK})?{_NAME}(?:{_ITS_YEAR})?{_NAMED_AFTER_A_DAY}",
    # May 21, 2022, last May 21, May 20-22, 2022
    rf"(?<![A-Za-z])(?:{_WAY}{_BLANK})?{_NAME}{_GAP}{_DAY}(?:{_ORDINAL})?\b(?:{_LAST})?"
    rf"(?![0-9%]|[.:/·-][0-9]|,[0-9]{{3}}(?![0-9]))(?:,{_GAP}{_OTHER_YEAR}(?!\d)|{_ITS_YEAR})?"
    rf"{_NAMED_AFTER_A_DAY}",
    # May 2022, October of last year
    rf"(?<![A-Za-z])(?:{_ABOUT})?{_NAME}{_ITS_YEAR}",
    # last October
    rf"(?<![A-Za-z]){_WAY}{_BLANK}{_NAME}(?! ?\d)",
    # in October: only after a word that a month follows, for May is also a name and a verb
    rf"\b{_IN}{_BLANK}(?P<date>{_NAME})(?! {{0,2}}\d)",
    rf"\b(?:early|mid|late)-(?P<date>{_NAME})(?! {{0,2}}\d)",
    # the 24th, the 5th of next month
    rf"\b{_ON}{_BLANK}(?P<date>the{_BLANK}{_DAY}{_ORDINAL})\b{_GOES_ON}{_SAME_OF_A_NOUN}",
    rf"\b(?:[Tt]he{_BLANK})?{_DAY}{_ORDINAL}{_BLANK}of{_BLANK}(?P<relmonth>(?:last|this|next){_BLANK}month)\b",
    # seasons, quarters, halves
    rf"\b{_SEASON}{_OF_OR_YEAR}(?:[-/](?:\d{{4}}|\d\d)(?!\d))?",
    rf"\b{_WAY}{_BLANK}{_SEASON}\b",
    rf"\b(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th){_BLANK}quarter{_OF_YEAR}",
    rf"\bQ(?P<quarter>[1-4]),?{_BLANK}(?:of{_BLANK})?{_YEAR}(?!\d)",
    rf"\b(?P<half>[Ff]irst|[Ss]econd){_BLANK}half{_OF_YEAR}",
    # decades; 1900s may be ten years or a hundred
    r"(?:(?<=mid-)|(?<=early-)|(?<=late-)|(?<![0-9A-Za-z-]))(?P<decade>(?:1[5-9]|20)[1-9]0)'?s\b",
    r"(?<![0-9A-Za-z])'(?P<decade>[3-9]0)s\b",
    # counted from the document
    r"(?<!the )\b(?P<relyear>(?:[Ll]ast|[Tt]his|[Nn]ext) {1,2}year)\b",
    r"(?<!the )\b(?P<relmonth>(?:[Ll]ast|[Tt]his|[Nn]ext) {1,2}month)\b",
    r"\b(?P<relday>[Tt]he day before yesterday|[Tt]he day after tomorrow)\b",
    r"(?<!of )(?<!even )\b(?P<relday>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b(?!'s)",
    rf"\b(?:(?:[Oo]n|said|announced){_BLANK}|(?<=day and ))(?P<date>(?P<weekday>{_weekdays}))\b"
    rf"(?!,? (?:the )?(?:\d|{_ANY_NAME}))",
)

# --------------------------------------------------------------------------------------- Korean
_ENDS = r"(?=$|[ ,.)~에부까은는을의])"
_NEAR = rf"(?P<about> ?(?:경|께|쯤|무렵|즈음|전후){_ENDS})"
_NOT_KOREAN_NUMBER = (
    r"(?:(?<=[년월일)][~-])|(?<=[년월일)] [~-])|(?<=[년월일)][~-] )|(?<=[년월일)] [~-] )"
    r"|(?<![0-9A-Za-z./:·~-])(?<![0-9],)(?<!제))"
)
_K_MONTH = r"(?P<month>1[0-2]|0?[1-9])(?:[~-](?P<lastmonth>1[0-2]|0?[1-9]))? ?월(?!호|급|세|례|간)"
_K_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?: ?일? ?[~-] ?(?P<last>\d{1,2}))? ?일"
_K_RELYEAR = (
    r"(?P<relyear>재작년|지난해|작년|올해|금년|내년|내후년|같은 ?해|그 ?해|이듬해|다음 해"
    r"|올(?= ?(?:\d{1,2} ?월|[상하]반기|봄|여름|가을|겨울|[1-4] ?분기)))"
)
_K_RELMONTH = r"(?P<relmonth>지난 ?달|이번 ?달|이달|내달|다음 ?달|같은 ?달)"
_K_YEAR = (
    rf"(?:{_NOT_KOREAN_NUMBER}{_YEAR} ?년|(?<![0-9A-Za-z가-힣])'(?P<short>\d\d) ?년"
    rf"|(?<![가-힣]){_K_RELYEAR})"
)
_K_LASTS = (
    r"(?! ?(?:간|전|후|뒤|내|차|째|분|치)(?=$|[ ,.)에의은을로부까인])| ?(?:동안|만[에의이]|이내"
    r"|안에|안으로|이상|이하|넘|가량|정도|연속|씩|짜리|남짓|평균|미만|초과|걸|소요|당 |의 "
    r"|을 (?!기|전후|맞)|이다|이며|이고|이었|\d+ ?회))"
)
_K_MONTH_NAMES = r"(?! ?(?:민주항쟁|민주화|항쟁|혁명|유신|위기설))"

_KOREAN = (
    # 2022년 5월 21일, '22년 5월, 지난해 10월, 내년 1월 5~7일
    rf"{_K_YEAR}(?:도)?{_GAP}{_K_MONTH}(?:{_GAP}{_K_DAY})?(?:{_NEAR})?",
    # 2022년, 작년, 2020~2025년
    rf"{_K_YEAR}(?!간|대|생|산|식|여|형| ?\d+ ?월| ?(?:동안|만에|넘|역사|회계|된 ))(?:{_NEAR})?",
    rf"{_NOT_KOREAN_NUMBER}{_YEAR} ?[~-] ?(?P<lastyear>\d{{4}}|\d\d) ?년(?!간|대| ?동안)",
    rf"{_K_YEAR}도?{_GAP}(?P<season>봄|여름|가을|겨울)",
    rf"{_K_YEAR}도?{_GAP}(?P<quarter>[1-4]) ?분기",
    rf"{_K_YEAR}도?{_GAP}(?P<half>[상하])반기",
    rf"{_NOT_KOREAN_NUMBER}(?P<decade>(?:1[5-9]|20)[1-9]0|[3-9]0) ?년 ?대",
    # 지난달 28일, 이달
    rf"(?<![가-힣]){_K_RELMONTH}(?:{_GAP}{_K_DAY}(?:{_NEAR})?)?",
    # 5월 21일, 오는 9월
    rf"{_NOT_KOREAN_NUMBER}(?:(?P<way>지난|오는|다가오는){_GAP})?{_K_MONTH}"
    rf"{_K_MONTH_NAMES}(?:{_GAP}{_K_DAY})?(?:{_NEAR})?",
    # 18일, 지난 18일, 20~22일
    rf"{_NOT_KOREAN_NUMBER}(?:(?P<way>지난|오는|다가오는){_GAP})?{_K_DAY}{_K_LASTS}(?:{_NEAR})?",
    r"(?<![가-힣])(?P<way>지난|오는) ?(?P<season>봄|여름|가을|겨울)(?=$|[ ,.에부까은])",
    r"(?<![가-힣])(?P<relday>오늘|어제|그제|그저께|내일|모레)(?!날|의 )"
    r"(?=$|[^가-힣]|[은는도의과와까부에])",
)

# --------------------------------------------------------------------------------------- figures
_MARKED = r"(?P<month>1[0-2]|0?[1-9])\. ?(?P<day>[12]\d|3[01]|0?[1-9])"
_WEEKDAY = r" ?\([월화수목금토일]\)"
_DOTTED_END = (
    rf"(?:(?:{_WEEKDAY})? ?[~-] ?(?:(?P<lastmonth>1[0-2]|0?[1-9])\. ?)?"
    rf"(?P<last>\d{{1,2}})(?=\.(?! ?\d)|\)|{_WEEKDAY}|$|,| /)\.?)?"
)
_FIGURES = (
    # 2022-05-21, 2022/5/21
    rf"{_NOT_IN_NUMBER}{_YEAR}(?P<mark>[-/])(?P<month>1[0-2]|0?[1-9])(?P=mark)"
    r"(?P<day>[12]\d|3[01]|0?[1-9])(?![0-9/-]|\.\d)",
    # 2022. 5. 21., 2022.5.20.~22., '22.5.21.
    rf"(?:(?<=\d\.-)|{_NOT_IN_NUMBER})(?:{_YEAR}|'(?P<short>\d\d))\. ?{_MARKED}(?!\d|\.\d)\.?"
    rf"{_DOTTED_END}",
    # 2018.9월, (2012. 4.)
    rf"{_NOT_IN_NUMBER}(?:{_YEAR}|'(?P<short>\d\d))\. ?(?P<month>1[0-2]|0?[1-9])월",
    rf"(?<=\(){_YEAR}\. ?(?P<month>1[0-2]|0?[1-9])\.(?=\)|,)",
    # (5.21.), 5.21.(토): the last dot or the day of the week tells them from decimals
    rf"(?<=\(){_MARKED}\.{_DOTTED_END}(?=\)|,)",
    rf"{_NOT_IN_NUMBER}{_MARKED}\.?(?={_WEEKDAY}){_DOTTED_END}",
)
YEAR_AND_MONTH = re.compile(
    rf"{_NOT_IN_NUMBER}(?<!제)(?<!No\. )(?<!No )(?<!#){_YEAR}-(?P<month>\d\d)(?![\w-]|[./]\d)",
    re.ASCII,
)
DAY_MONTH_YEAR = re.compile(
    rf"{_NOT_IN_NUMBER}\d{{1,2}}(?P<mark>[-./])\d{{1,2}}(?P=mark)(?:19|20)\d\d(?![\w-]|[./]\d)",
    re.ASCII,
)
BARE_YEAR = re.compile(
    rf"{_NOT_IN_NUMBER}(?<![가-힣])(?<!pp\. )(?:{_ABOUT})?(?P<year>1[89]\d\d|20\d\d)"
    r"(?: ?- ?(?P<lastyear>(?:1[89]|20)\d\d|\d\d))?(?![0-9A-Za-z가-힣%]|[.,:/·-][0-9]|-)",
    re.ASCII,
)

FORMS = tuple(
    Form(re.compile(pattern, re.ASCII), korean)
    for patterns, korean in ((_ENGLISH, False), (_KOREAN, True), (_FIGURES, True))
    for pattern in patterns
)

NAMES = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"\b(?:[Ee]arlier|[Ll]ater) {1,2}this {1,2}(?:month|year)\b",
        r"\b(?:[Ff]iscal(?: [Yy]ear)?|FY) ?\d{4}\b",
        r"\d{4} ?(?:년 ?)?회계 ?연도",
        r"제 ?\d[\d-]*호",
        r"\d{1,2}박 ?\d{1,2}일",
        rf"\b{_ANY_NAME} \d{{1,2}}(?:{_ORDINAL})? {_EVENT}",
        r"\d{1,2} ?월 ?(?:민주항쟁|민주화|항쟁|혁명|유신|위기설)",
        r"매[년월달주] ?(?:\d{1,2}월 ?)?\d{1,2}일",
        r"(?:총|약|최대|최소|최장|향후|앞으로|불과|만) ?\d{1,2}일",
    )
)

# ------------------------------------------------------------------------------------ around them
YEAR_LEADS = re.compile(
    rf"(?:\b(?:{_IN.replace('|and)', ')')}|for|years?)|\b(?:early|mid|late)-|\()"
    r"(?<!fiscal year) {0,2}$",
    re.IGNORECASE,
)
YEAR_BELONGS = re.compile(r"(?:\b(?:the|its|their|this|a|original|landmark)|'s) {1,2}$", re.I)
YEAR_COUNTS = re.compile(
    r" {0,2}(?:(?:troops|soldiers|people|persons|men|women|marines|sailors|personnel|tonnes|tons"
    r"|items|percent|won|dollars|euros|yen|km|miles|kilometers|metres|meters|feet|hours|days|weeks"
    r"|months|years|units|jobs|copies|companies|firms|missiles|tanks|vehicles|aircraft|ships"
    r"|barrels|rounds|Koreans|Americans|students|workers|families|cases|times|of)\b)"
)
MANY = re.compile(
    r" {1,2}(?!talks|elections|guidelines|exercises|negotiations|sanctions|tests|olympics|drills"
    r"|agreements|accords|crisis|process)[a-z]+(?<![su])s\b"
)
IS_A_NOUN = re.compile(r" {1,2}[A-Za-z]")
FOLLOWS_ABOUT = re.compile(
    r" {1,2}(?!with|by|when|and|in|at|the|as|for|or|but|from|under|until)[A-Za-z]"
)
LISTED = re.compile(r"(?:,|,? and|,? or|·) {0,2}")
ENGLISH_PERIOD = re.compile(r" {0,2}[-~] {0,2}| {1,2}(?:to|until|till|through|thru) {1,2}")
PAST_SAID = re.compile(
    r"\b(?:[a-z]+ed|said|told|met|held|was|were|had|took|gave|made|left|came|went|flew|spoke|sent"
    r"|wrote|began|saw|put|set|did)\b"
)
KOREAN_PERIOD = re.compile(r"\.? ?(?:\([월화수목금토일]\))? ?(?:부터|[-~]) ?")
KOREAN_FROM = re.compile(r"에서 ?")
BETWEEN = re.compile(r"\b[Bb]etween {1,2}$")
AND = re.compile(r" {1,2}and {1,2}")
MOVED = re.compile(
    r"\b(?:delayed|postponed|moved|pushed|changed|rescheduled|deferred|shifted|revised|put off"
    r"|brought forward)\b"
)
COMING_SAID = re.compile(
    r"\b(?:will|shall|(?:is|are) to|to be|plans?|planned|scheduled|due|upcoming|expected|next"
    r"|slated|hopes?|intends?)\b"
)
TOLD = re.compile(
    r"[^.,]{0,12}?(?:밝혔|밝힌|말했|말하|전했|전하|발표|보도|설명|강조|알려|알렸|덧붙|주장|지적|확인|언급)"
)
