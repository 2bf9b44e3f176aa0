"""The chat that is told of troubles: an incoming webhook in Slack's or Mattermost's shape."""
