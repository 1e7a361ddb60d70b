"""统一登录系统: the OpenID Connect client."""
