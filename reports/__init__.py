"""まちがいを知らせる: anybody says what is wrong with an entry, without a name. The desk reads it (desk/reports)."""
