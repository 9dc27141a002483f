"""Words that are written with a capital in audits and are nobody's name."""

TRADE_WORDS = frozenset(
    """
    a about academy access accommodation achieving act action actions adoption adult adults advice adviser advisor
    advocacy advocate after agency agreement agreements all allocated also although an and annual any app april area
    arrangements as asd assault assessed assessment assessments assistant at attachment attendance audit auditor audits
    august authority autism awareness away baby back based bank because been before behaviour best better between birth
    board body both building but by cafcass camhs cancelled care carer carers case cases category centre chair change
    chief child childminder children childrens christmas chronology church circle city clinic clinical closed closing
    closure code college commission committee community compliance concern concerns conference conferences connected
    consent consider contact contextual core council counsellor county court coronavirus covid cp criminal crisis
    culture current daily dad daddy date day december decision dental dentist department deputy designated despite
    developing development director disability disabled disclosure discussion district doctor domestic draft drugs duty
    during each early easter education educational effective effectiveness eid email emergency emotional english
    equality evaluation evidence every experience external facebook family father february first five follow following
    for forum foster fostering framework friday friends from front full further future general genogram good government
    gp grandad grandfather grandma grandmother grandparent graded great group guardian guardianship guidance had has
    have he head headteacher health hearing help helping her high his history home homes hospital hour house housing how
    however hub human i if immediate impact improvement in inadequate independent initial inquiry inspection instagram
    intensive interim internal intervention involvement is it its january judge judgement july june justice key kinship
    lac lado last law lead leaving legal letter level library life line liquidlogic list lived local looked mainstream
    management manager managers march marac maternal may me mediation medical meeting meetings mental mentor microsoft
    midwife midwifery missing moderation moderator monday monthly mosaic mother multi mum mummy my nan nana national
    navigator need needs neglect neither network new next nhs no non not november nowadays nurse nursery october of
    officer officers offer offending ofsted on once one online only open operational option or order orders other our
    outcome outcomes outline outside outstanding overall overnight oversight panel parent parental parenting parents
    partner partners partnership paternal pathway pause period permanence permanent person personal phase physical pip
    place placement plan planning plans play plo police policy positive post practice practitioner preproceedings
    pregnancy prevention previous primary principal prior private probation procedures proceedings process profile
    programme progress protection protocol psychiatrist psychologist public pupil purposeful quality quarter question
    ramadan reasons receiving recent record recording records recovery refer referral reflective register regulation
    relevant requires residence residential resource response responsible rest restorative return review reviewing
    reviews rights risk role royal safe safeguarding safer safety saturday school screening second secondary section
    secure senior sensory september service services session sessions sexual shared she short siblings signs single
    sister small snapchat social society some south special specialist staff stage standard standards statement
    statutory step stepfather stepmother strategic strategy strength strengthening strengths strong substance summary
    sunday supervised supervision supervisor support supported supporting sure sweet system systemic taking targeted
    teacher team teams tell ten term that the their them then therapeutic therapist therapy there these they third this
    those three thrive through thursday tiktok to together toolkit towards training transfer transition trauma tribunal
    trust tuesday two uasc uncle under unit university until upon update updated use virtual visit visiting visitor
    visits voice voluntary wales was we wednesday week weekly welfare well were what when where whilst while who whole
    why wing wishes with within without words worker workers working worries wraparound written year years yes young
    your youth zone zoom whatsapp xbox youtube google teams playstation
    africa african afghan afghanistan albania albanian arabic asian bangladesh bangladeshi black britain british
    bulgarian caribbean catholic chinese christian dutch east eastern england eritrea eritrean ethiopian europe european
    farsi france french german germany ghana greek gypsy hindi hindu hungarian india indian iran iranian iraq iraqi
    ireland irish islam islamic italian italy jamaican jewish kurdish kurdistan latvian lithuanian mixed muslim nepal
    nigeria nigerian north northern pakistan pakistani pashto poland polish portugal portuguese punjabi roma romania
    romanian russian scotland scottish sikh slovak somali somalia southern spain spanish sudan sudanese syria syrian
    tamil traveller turkey turkish uk ukraine ukrainian urdu vietnam vietnamese welsh west western white
    syndrome down turning point start families project freedom caring dads gillick fraser competence guidelines
    threshold
    thresholds document front door interview exploitation harm bundle clare's sarah's daily eating drinking sleeping
    mash cin cla cpp iro lado sgo plo eet neet ehcp send senco phso rag red amber green gold silver bronze team's
    title reference members member seminar options considered cabinet implications papers background wards ward bodies
    workflow survey peer reviewer seen alone status activity wellbeing festival financial governing satisfaction sector
    mobile applications accessibility recruitment lodgings put winter actual studio innovation fund papers purpose
    hmp cbt dbt emdr graded care profile barnardo's barnardos nspcc childline samaritans citizens relate women's aid
    barking barnet barnsley bath bedford bexley birmingham blackburn blackpool bournemouth bracknell bradford brent
    brighton bristol bromley buckinghamshire bury calderdale cambridgeshire camden cheshire chesterfield cornwall
    coventry crewe croydon cumberland darlington derby derbyshire doncaster dorset dudley durham ealing essex
    gateshead gloucestershire greenwich hackney halton hammersmith hampshire haringey harrow hartlepool havering
    herefordshire hertfordshire hillingdon hounslow hull islington kensington kingston kirklees knowsley lambeth
    lancashire leeds leicester leicestershire lewisham lincolnshire liverpool london luton macclesfield manchester
    medway merton middlesbrough milton keynes newcastle newham norfolk northamptonshire northumberland nottingham
    nottinghamshire oldham oxfordshire peterborough plymouth poole portsmouth reading redbridge redcar richmond
    rochdale rotherham rutland salford sandwell sefton sheffield shropshire slough solihull somerset southampton
    southend southwark stockport stockton stoke suffolk sunderland surrey sutton swindon tameside telford thurrock
    torbay tower hamlets trafford tyneside wakefield walsall waltham forest wandsworth warrington warwickshire
    westminster westmorland wigan wight wiltshire windsor wirral wokingham wolverhampton worcestershire york yorkshire
    """.split()  # noqa: SIM905 - a thousand quoted words would be harder to read
)

# A capitalised name before one of these is that of a place or an organisation.
PLACE_WORDS = frozenset(
    """
    academy avenue centre church clinic close college council court crescent drive forest gardens green grove hall
    hospital house hub lane lodge mews nursery park place primary road school square street surgery team terrace trust
    unit university walk way ward infant junior high secondary hotel airport station nursing foundation partnership
    report review inquiry borough district act law rule
    """.split()  # noqa: SIM905 - as above
)
