/// The words of generated film reviews: what every review draws from, what only a genre has, and what praises or blames.
enum ReviewWords {
  static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  static let good = words(
    """
    good funny moving clever charming brilliant fresh tense honest warm lively elegant gripping witty tender \
    bold superb sharp graceful touching inventive vivid rich delightful
    """)
  static let bad = words(
    """
    bad dull silly slow tired clumsy stale boring hollow lazy noisy pointless predictable flat cheap messy \
    confused weak tedious awful shallow forced ugly lifeless
    """)
  static let applauding = words("laugh smile cheer clap weep applaud stay listen")
  static let leaving = words("yawn sleep leave groan sigh shrug frown wince")
  static let adverbs = words(
    "really quite rather very simply truly deeply surprisingly often a-bit")
  static let parts = words(
    """
    acting story music ending script dialogue camera editing pace lighting cast costumes middle opening sound \
    photography
    """)
  static let firstNames = words(
    """
    Anna Boris Clara David Elena Felix Greta Hugo Irene Jonas Karin Lukas Marta Nora Oscar Paula Quentin Rosa Simon \
    Tilda Ursula Victor Wanda Xaver Yvonne
    """)
  static let ordinals = words("first second third fourth final opening")
  static let stretches = words("scene act half reel chapter minute")
  static let relatives = words(
    "wife husband mother father sister brother daughter son cousin neighbour teacher friend uncle aunt"
  )
  static let times = words(
    "yesterday today twice again last-night on-Monday on-Friday in-May this-week once")
  /// Where a review's writer saw the film; the last two are planted, see `Review`.
  static let venues = words(
    """
    at-home on-television in-Paris at-a-festival in-an-old-cinema on-a-plane at-school by-the-sea in-a-museum \
    at-a-matinee on-a-bootleg
    """)
  struct Genre: Sendable {
    let kinds: [String]
    let people: [String]
    let deeds: [String]
    let things: [String]
    let places: [String]
  }

  static let genres: [Genre] = [
    Genre(
      kinds: words("western ranch-film"),
      people: words(
        "sheriff cowboy outlaw rancher gambler bandit preacher blacksmith trapper drifter"),
      deeds: words("shoots rides robs hunts tracks chases rustles guards"),
      things: words("horse saddle rifle stagecoach herd saloon gold badge wagon revolver"),
      places: words("Texas the-canyon the-desert the-prairie the-mine the-corral the-gulch Nevada")),
    Genre(
      kinds: words("thriller mystery"),
      people: words(
        "detective lawyer spy banker witness inspector thief informer judge journalist"),
      deeds: words("follows blackmails suspects betrays questions accuses traps shadows"),
      things: words(
        "letter safe passport microfilm alibi diamond code suitcase fingerprint briefcase"),
      places: words(
        "London the-court the-harbour the-embassy the-office Berlin the-prison the-station")),
    Genre(
      kinds: words("comedy farce"),
      people: words("waiter clown tailor plumber dentist bride postman barber landlady juggler"),
      deeds: words("drops hides spills swaps mislays breaks sits-on forgets"),
      things: words("cake wig trousers piano ladder parrot umbrella telephone hat soup"),
      places: words(
        "the-hotel the-bakery the-kitchen the-wedding the-circus the-lift the-laundry Naples")),
    Genre(
      kinds: words("horror-film chiller"),
      people: words("ghost vampire nurse gravedigger witch orphan butcher zombie monk werewolf"),
      deeds: words("haunts bites buries curses summons stalks devours wakes"),
      things: words("coffin mirror doll candle skull cellar raven mask knife crypt"),
      places: words(
        "the-castle the-graveyard the-attic the-asylum the-swamp Transylvania the-chapel the-forest"
      )),
    Genre(
      kinds: words("musical operetta"),
      people: words(
        "singer dancer composer tenor pianist conductor understudy soprano fiddler choirboy"),
      deeds: words("sings plays rehearses conducts whistles hums composes dances"),
      things: words("waltz aria tango violin ballad trumpet melody chorus drum duet"),
      places: words(
        "Vienna the-theatre the-ballroom the-opera the-nightclub Broadway the-conservatory the-bandstand"
      )),
    Genre(
      kinds: words("war-film epic"),
      people: words("soldier general pilot medic sergeant captain deserter sniper admiral recruit"),
      deeds: words("attacks defends bombs rescues surrenders salutes mourns commands"),
      things: words("tank bridge flag helmet trench map cannon convoy medal submarine"),
      places: words(
        "Normandy the-barracks the-hospital the-front the-bunker Malta the-airfield the-fortress")),
  ]
}
