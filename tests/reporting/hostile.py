"""Words that would do harm if they were read as markup, and every letter that people type."""

HOSTILE = (
    '<img src="/etc/passwd" width="10" height="10"/>',
    '<a href="javascript:go()">here</a>',
    '<para><font name="Nothing">x</font></para>',
    "<b>never closed",
    "&lt;not&gt; &#60;either&#62; &unknown;",
    "]]> <!-- <?xml ?> -->",
    "(unbalanced ) brackets \\( \\) \\n",
    "{{ 7 * 7 }} ${x} %s %d",
    "=cmd|' /C calc'!A0",
)
# Letters of the languages that families and staff in England use, and signs that people type.
ALPHABET = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 "
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ "
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĪīĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŜŝŞşŠšŢţŤťŪūŬŭŮůŰűŲųŴŵŶŷŹźŻżŽž "
    "ȘșȚțẀẁẂẃẄẅẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợƠơỤụỦủỨứỪừỬửỮữỰựƯưỲỳỴỵỶỷỸỹ "
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρςστυφχψω "
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў "
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ £€¥§©®°±²³µ¶·¼½¾×÷ –—‘’‚“”„†‡•…‰‹›™→≤≥≠√∞ ☐☑☒ ✓✗ 😀😃"
)  # fmt: skip
