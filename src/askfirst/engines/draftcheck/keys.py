"""Keys, tokens and settings that are told by their own form, whatever stands around them."""

import re

_END = r"(?![A-Za-z0-9_-])"
# Each begins with what its issuer puts in front, so that prose cannot look like it.
KEYS = re.compile(
    "|".join(
        f"(?:{own})"
        for own in (
            r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])",
            r"\bgh[pousr]_[A-Za-z0-9]{30,255}",
            r"\bgithub_pat_[A-Za-z0-9_]{22,255}",
            r"\bglpat-[A-Za-z0-9_-]{18,}",
            r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
            r"\bxapp-\d-[A-Za-z0-9-]{10,}",
            r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?",
            r"-----BEGIN (?:[A-Z ]+ )?PRIVATE KEY(?: BLOCK)?-----",
            r"\bAIza[A-Za-z0-9_-]{30,}",
            r"\bya29\.[A-Za-z0-9_-]{20,}",
            r"\bGOCSPX-[A-Za-z0-9_-]{20,}",
            r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
            r"\bwhsec_[A-Za-z0-9+/=]{20,}",
            r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
            r"\b(?:SK|AC)[0-9a-f]{32}" + _END,
            r"\bnpm_[A-Za-z0-9]{30,}",
            r"\bpypi-[A-Za-z0-9_-]{16,}",
            r"\bsk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,}",
            r"\bhf_[A-Za-z0-9]{30,}",
            r"\bdop_v1_[a-f0-9]{40,}",
            r"\bdckr_pat_[A-Za-z0-9_-]{20,}",
            r"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{28,}",
            r"\bsq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}",
            r"\bEAAC[A-Za-z0-9]{20,}",
            r"\bkey-[0-9a-f]{32}" + _END,
            r"\b\d{8,10}:AA[A-Za-z0-9_-]{32,}",
            r"\blin_api_[A-Za-z0-9]{30,}",
            r"\bPMAK-[A-Za-z0-9-]{30,}",
            r"\bAccountKey=[A-Za-z0-9+/=]{40,}",
            r"\bsl\.[A-Za-z0-9_-]{15,}",
            r"\b(?:token|secret)\s+(?=\S*\d)(?=\S*[A-Za-z])[\w.-]{20,}",
            r"\bhvs\.[A-Za-z0-9_-]{20,}",
            r"https://hooks\.slack\.com/services/[A-Za-z0-9/]+",
            r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/[\w/-]+",
            r"https://[\w.-]+\.webhook\.office\.com/\S+",
            r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:[^\s/:@]{3,64}@[\w.-]+",
            r"\b(?:session_?id|jsessionid|phpsessid|sid|auth_token|csrftoken)=[A-Za-z0-9_%-]{16,}",
            r"\bssh-(?:rsa|ed25519) AAAA[A-Za-z0-9+/=]{40,} \S+@\S+",
            r"(?<!\w)0x[0-9a-fA-F]{64}(?!\w)",
            r"\b[Bb]earer\s+(?=[^\s]*\d)[A-Za-z0-9._~+/=-]{20,}",
            r"\b(?:key|token|secret)\s*[:=]\s*(?=\w*\d)(?=\w*[a-f])[0-9a-f]{16,}" + _END,
        )
    )
)
