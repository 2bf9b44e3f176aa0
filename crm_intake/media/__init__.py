"""What comes along with texts and calls: pictures, recordings, voicemail."""
