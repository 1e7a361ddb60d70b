"""电子营业执照: the gateway of the licence service, and a simulator of it for trying things out."""
