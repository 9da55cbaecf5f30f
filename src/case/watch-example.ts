/** A watch file to start from, with every key; what is commented out shows the default. */
export const watchExample = `# yaml-language-server: $schema=./watch.schema.json
# (spillover watch --schema > watch.schema.json lets editors check and complete this file)
#
#   spillover watch election.yaml --check           checks it and says what it would do
#   spillover watch election.yaml --test-outputs    sends a test message to every output
#   spillover watch election.yaml                   runs until Ctrl-C
#   spillover watch election.yaml --once            one round, for cron

# Directory of the case; paths are relative to this file.
case: election-case

# Who collects: told to every server that is asked. Be reachable.
contact: desk@newsroom.example

# Secrets never stand in this file: keys that end in From name environment variables. This JSON file (mode 600) may hold them too.
# credentials: secrets.json

# What is collected. spillover collect SOURCE --help lists the options and the terms of each source.
collectors:
  - source: fourchan
    options:
      board: [pol]
  - source: bluesky
    options:
      match: ['#FerryPapers', 'ferry papers']
  - source: feed
    name: papers
    options:
      url: ['https://paper.example/rss.xml']
    # importEvery: 30s
    # respectDeletions: false

# The stories to trace. Put queries into quotes: # begins a comment in YAML.
stories:
  - name: ferry
    match: '#FerryPapers OR "ferry papers"'
    # from: 2027-03-01
    # to: 2027-05-10

# What raises an alert. Without this key every rule is on, for all stories, with its defaults.
rules:
  - rule: early-warning
    options:
      threshold: 0.8
  - rule: fringe-burst
  - rule: higher-tier
    stories: [ferry]
  - rule: takeoff
  - rule: coordination
  - rule: recurring-catalyst
  - rule: mainstream-crossing
    urgent: true

schedule:
  check: 1m       # how often the rules look
  retrace: 15m    # a story that changed is traced again after this time
  once: 2m        # how long --once collects before it looks

outputs:
  - type: terminal
  - type: atom
    file: alerts.xml
    # url: https://newsroom.example/alerts.xml
    # entries: 100
  # - type: webhook
  #   url: https://newsroom.example/hooks/spillover    # or urlFrom: SPILLOVER_WEBHOOK_URL
  #   secretFrom: SPILLOVER_WEBHOOK_SECRET
  # - type: email
  #   host: smtp.newsroom.example
  #   security: starttls
  #   user: spillover
  #   passwordFrom: SPILLOVER_SMTP_PASSWORD
  #   from: Spillover <spillover@newsroom.example>
  #   to: [desk@newsroom.example]

# Alerts that are not urgent wait for the morning and then come together. Webhook and email keep to it; the others with quiet: true.
# quietHours:
#   from: "22:00"
#   to: "07:00"
#   timeZone: Europe/Paris
#   days: [mon, tue, wed, thu, fri, sat, sun]

# limits:
#   messagesPerHour: 20    # for each output; what is above comes together in one message
#   blindAfter: 15m        # a collector that receives nothing for so long raises an alert
#   giveUpAfter: 3d        # how long a delivery that fails is tried again

# With true alerts name public figures only; everybody else gets a pseudonym under the key of the case.
# mask: false
`;
