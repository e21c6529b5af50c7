"""The pages of compliance, /tuan-thu: directives against the steps that should follow them, and the dossier of one directive."""
