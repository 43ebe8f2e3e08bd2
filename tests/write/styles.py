"""Files as people write them, none of which the program would write itself."""

STYLES = {
    "lines": """\
# what the file is
year: 2020   # the year
figures:
  # as published
  victims.identified:
    total: 24  # of all ages
    by person: {women: 16, men: 7, children: 1}
    note:
      en: >-
        Counted by the police,
        not by the courts.
      lt: "Suskaičiavo policija."

  # not published
  persons.convicted: 17
  persons.prosecuted:
countries:
  - kind: destination
    named: [LT, DE]
    # about the note
    note: {en: "x"}

  # the last one
  - kind: origin
    named: []
""",
    "three blanks": """\
year:    2020
figures:
   victims.identified:
      total:     24
      'by person':
         women:  16
         men:     7
   persons.convicted: '17'
""",
    "braces": """\
{ year: 2020,  # the year
  figures: { a: { total: 1, by: { w: 1, m: 0 } },

             # about b
             b: {},
             c: 3 }, # behind c
  list: [ x, 'y', "z",
          { k: 1 }, ],
}
""",
    "commas first": "m: {a: 1\n  , b: 2 # two\n  , c: 3}\nn: [1\n  ,2]\n",
    "inside a list": "- a: 1\n  b: {c: 2}\n-   d: 3\n    e: 4\n- - x\n  - y\n-\n- z\n",
    "at the column of the key": "accepted:\n- rule: x\n  why: y\n# about the next\n- rule: z\n\nrest: 1\n",
    "texts": """\
literal: |
  First line

    deeper
  # no comment
folded: > # behind the sign
  one
  two

strip: |-
  x
keep: |+
  kept

quoted: "two
  lines # no comment"
plain: of
  two lines
single: 'it''s'
empty: ""
end: 1
""",
    "no last line break": "a: 1\n\nb:\n  c: 2\n  d: >-\n    text",
    "windows": "a: 1\r\nb:\r\n  c: 2  # two\r\n\r\n  d: >-\r\n    text\r\n    more\r\ne: {f: 1}\r\n",
    "documents": "%YAML 1.1\n# before\n---\n# first\na: 1\nb: {c: 2}\n...\n",
    "tabs": "a: 1\t# behind a tab\nb: {c:\t2}\t\nd:\t3\n",
    "anchors": "a: &x {b: 1}\nc: *x\nd: !t 5\ne: &y 6\nf: 7\ng: [*y, 8]\n",
    "nothing": "a:\nb: {}\nc: []   # none\nd:\n  - \n  - 1\ne: {f: , g: 2}\nh:\n",
    "odd keys": "\"a b\": 1\n'c: d': {e f: 2}\n2016: 45\nNO: 1\nby person: 3\n",
    "comments at ends": """\
a:
  b: 1
  # still of a
c: 2   # long remark
       # that goes on
# about d

# about d too
d:
# left
  e: 5
    # deep
  f: 6
# the end
""",
    "signs": "a: 🙂 š\nb: {c: „x“, d: 'a, b'}\ne: https://x.example/#f\n",
}
