"""What stands between the network and the guide: small files, safe headers, links that show what they lead to."""
