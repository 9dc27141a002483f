"""Given names common in England, so that one of them in an audit's text can be questioned."""

# Left out on purpose: names that are also everyday words or places in case work (Grace, Hope, Will, Mark, May, April,
# June, Rose, Amber, Eve, Fraser, Joy, Summer, Dawn, Grant, Frank, Faith, Chester, Lincoln, Kent, Devon, Paris,
# Chelsea, Bolton).
COMMON = frozenset(
    """
    aaliyah aaron abdullah abdul abigail adam adeel adrian agnieszka ahmed aidan aisha alan albert alejandro aleksander
    alex alexander alexandra alfie alfred ali alice alicia alisha alison amaan amelia amelie amina amir amira amy
    ana anastasia andrea andrew andrzej angela angelina anita ann anna annabelle anne annie anthony antonio anya archer
    archie aria ariana arjun arlo arthur arun asha ashley ashton asma aurora ava ayaan ayesha barbara barry beatrice
    bella ben benjamin bethany betty billie blake bobby bradley brandon brenda brian bryony caitlin callum cameron
    carl carly carol caroline carolyn catherine cerys charles charlie charlotte chloe chris christian christina
    christine christopher claire clara clare clive colin connor conor courtney craig daisy damian daniel daniela darcey
    darren dave david deborah debra declan denise dennis derek diana diane dominic donna dorothy dylan edward eileen
    elaine eleanor elena eli elias elijah elizabeth ella ellie elliot elliott elsie emily emma emmanuel erin ethan
    evan evelyn ezra farah fatima felix fiona finlay finley florence freddie frederick freya gabriel
    gabriella gareth gary gavin gemma geoffrey george georgia gerald gillian gloria gordon graham gurpreet hamza hana
    hannah harriet harrison harvey hassan hayley hazel heather heidi helen henry holly hollie
    howard hugo hussain ian ibrahim imogen imran isaac isabel isabella isabelle isla ivy jack jackson jacob jacqueline
    jade jake james jamie jane janet janice jasmine jason jaspreet jaxon jay jayden jayne jeffrey jenna jennifer jenny
    jeremy jessica jessie joan joanna joanne jodie joe joel john jonah jonathan jordan joseph josephine joshua jude
    judith julia julian julie kacper kai karen karl kate katherine kathleen kathryn katie katy kayden kayla kayleigh
    keira keith kelly kenneth kerry kevin khadija kian kieran kimberley kirsty kyle kyra lacey laila lara laura lauren
    layla leah leanne lee leila leo leon lewis lexi liam lillian lilly lily linda lindsey lisa logan lola lorraine
    louis louise luca lucas lucy luke luna lydia lynn maciej maddison madison maisie malcolm malik margaret maria
    marie marta martha martin martyn mary maryam mateusz matilda matthew maureen maya megan melissa mia michael
    michelle mila millie mohamed mohammad mohammed molly mohamad muhammad musa mustafa mya myles nancy naomi natalia
    natalie natasha nathan nathaniel neil niamh nicholas nicola nicole nigel noah nora oakley oliver olivia omar oscar
    owen paige pamela patricia patrick paul paula pauline penelope peter philip phillip phoebe piotr poppy priya
    rachael rachel ralph raymond rebecca reece reuben rhys ricardo richard riley rita robert robyn roger ronnie rory
    rosie rowan roxanne roy ruby rupert russell ruth ryan sabrina saira sally sam samantha samira samuel sandra sara
    sarah sasha scarlett scott sean sebastian selina shane shannon sharon shaun sheila shirley sienna simon sofia sonia
    sophia sophie stacey stanley stephanie stephen steven stuart susan suzanne tamara tanya tara teddy terence teresa
    tess thea theo theodore theresa thomas tia tiffany tilly timothy tobias toby tom tommy tracey tracy trevor tyler
    umar valerie vanessa vera veronica vincent wendy wesley wiktoria william willow xavier yasmin yusuf yvonne zachary
    zahra zain zainab zak zara zofia zoe zuzanna
    """.split()  # noqa: SIM905 - five hundred quoted words would be harder to read
)
