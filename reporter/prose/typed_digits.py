"""Digits that may be typed in prose. They stand in names, places and dates, and count nothing."""

import re

PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|‰|per ?cent\b|percentage points?\b|proc\.|procent\w+)")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
PROVISION = (
    r"(?:[Aa]rticles?|[Aa]rts?\.|[Ss]ections?|[Ss]ecs?\.|[Cc]hapters?|[Cc]h(?:ap)?s?\.|[Pp]aragraphs?|[Pp]aras?\.?|"
    r"[Pp]oints?|Protocol|Nos?\.?|nos?\.|Regulation|Resolution|Law|Order|Decision|Directive|Decree|Act|Figures?|Tables?|"
    r"[Ff]igs?\.|[Aa]nnex|[Vv]ols?\.|Objective|Measure|Part|Phase|Step|[Pp]ages?|pp?\.)"
)
FURTHER = r"(?:(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s+to\s+|–)\d+(?:-\d+)*)*"
LITHUANIAN_MONTH = (
    r"(?:sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio)"
)
LITHUANIAN_PROVISION = r"(?:straipsn|dal[iy]|punkt|skyri|pried|priemon|prioritet|uždavin|protokol)"
TYPED = (
    # websites, mail addresses, telephone numbers
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}\.\w+",
    r"\+\d[\d ()/-]{5,}\d",
    # percentages have a rule of their own
    PERCENT.pattern,
    # Articles 147, 147-1 and 157; Directive 2011/36/EU; Resolution No 12
    rf"\b{PROVISION}\s+(?:No\.?\s*)?\d+(?:[-/]\d+){{0,9}}(?:\(\w+\)){{0,9}}{FURTHER}",
    r"\b\d+(?:/\d+)+(?:/[A-Z]+)?",
    # 18 October, 3 to 5 June, 2017-05-30, 2020
    rf"\b\d{{1,2}}(?:\s*(?:–|-|to|and)\s*\d{{1,2}})?\s+{MONTH}\b|\b{MONTH}\s+\d{{1,2}}\b",
    r"\b(?:19|20)\d\d(?:-\d\d){0,2}\b",
    # provisions and dates in Lithuanian, where the number comes first
    rf"\b\d+(?:-\d+){{0,9}}(?:(?:,|\s+ir|\s+arba|\s+ar)\s*\d+(?:-\d+){{0,9}}){{0,20}}\s+{LITHUANIAN_PROVISION}\w*",
    rf"\bNr\.\s*[\w-]+|\b{LITHUANIAN_MONTH}\s+\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?\b",
    r"\b\d+-(?:asis|oji|ojo|osios|ąjį|ąją|ajame|ojoje)\b|\b\d+\s+val\.|\b\d+\s+met(?:ų|ai)\b",
    # the 3rd meeting; items of a numbered list; STROM 2
    r"\b\d+(?:st|nd|rd|th)\b",
    r"^\s*\d{1,2}[.)]\s",
    r"\b(?!EUR\b)[A-Z]{2,}[ -]\d+\b",
    # ages, hours, the States of the Union
    r"\b[Aa]ge[ds]?\s+\d+(?:\s*(?:to|and|or|–|-)\s*\d+)?|\b\d+[ -]years?[ -]old\b",
    r"\b(?:under|over|below) 18\b(?!\s+(?!years\b|was\b|is\b|has\b)[a-z]+s\b)",
    r"\b\d+[ -]hours?\b|\b\d+\s+(?:EU\s+)?Member\s+States?\b",
)
NAMES = re.compile("|".join(TYPED))
