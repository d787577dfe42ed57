"""Keys, tokens and settings that are told by their own form, whatever stands around them."""

import re

_END = r"(?![A-Za-z0-9_-])"
_HEX = "[0-9a-f]"
_UUID = rf"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"

# What its issuer puts in front, and what follows: prose cannot look like it.
_CLOUDS = (
    r"A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])",
    r"ABSK[A-Za-z0-9+/=]{60,}",
    r"amzn\.mws\.[0-9a-f-]{36}",
    r"AIza[A-Za-z0-9_-]{30,}",
    r"ya29\.[A-Za-z0-9_-]{20,}",
    r"GOCSPX-[A-Za-z0-9_-]{20,}",
    r"(?:Account|SharedAccess)Key=[A-Za-z0-9+/=]{40,}",
    r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}",
    r"LTAI[A-Za-z0-9]{16,24}" + _END,
    r"AKID[A-Za-z0-9]{32}" + _END,
    r"do[por]_v1_[a-f0-9]{40,}",
    r"HRKU-[A-Za-z0-9_-]{30,}",
    r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}",
    r"FlyV1 fm\d_[A-Za-z0-9+/=,_-]{40,}|fo1_[A-Za-z0-9_-]{40,}",
    r"(?:nfp|vcp|vck|sbp|sb_secret|rnd|railway)_[A-Za-z0-9_-]{24,}",
    r"hv[sbr]\.[A-Za-z0-9_-]{20,}",
    r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}",
    r"pul-[a-f0-9]{40}",
    r"dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,}",
    r"dapi[a-f0-9]{32}",
    r"tskey-[a-z]+-[A-Za-z0-9-]{16,}",
    r"AGE-SECRET-KEY-1[A-Z0-9]{58}",
    r"ops_eyJ[A-Za-z0-9+/=_-]{100,}",
)
_CODE = (
    r"gh[pousr]_[A-Za-z0-9]{30,255}",
    r"github_pat_[A-Za-z0-9_]{22,255}",
    r"gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_.-]{18,}",
    r"AT(?:ATT|CTT|BB|TA)[A-Za-z0-9_=+/-]{28,}",
    r"npm_[A-Za-z0-9]{30,}",
    r"pypi-[A-Za-z0-9_-]{16,}",
    r"rubygems_[a-f0-9]{40,}",
    r"cio[A-Za-z0-9]{32}" + _END,
    r"oy2[a-z0-9]{43}" + _END,
    r"dckr_[po]at_[A-Za-z0-9_-]{20,}",
    r"AKCp\d[A-Za-z0-9]{60,}",
    r"sq[aup]_[a-f0-9]{40}",
    r"CCI(?:PAT|PRJ)_[A-Za-z0-9]+_[a-f0-9]{40}",
    r"bk[a-z]{2}_[a-f0-9]{40}",
    r"sntr[yu][su]_[A-Za-z0-9+/=_-]{30,}",
    r"gl(?:sa|c)_[A-Za-z0-9+/=_]{30,}",
    r"NR(?:AK|II|JS|RA)-[A-Za-z0-9]{19,}",
    r"dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}",
    r"PMAK-[A-Za-z0-9-]{30,}",
    r"phx_[A-Za-z0-9]{30,}",
    r"CLOJARS_[a-z0-9]{60}",
)
_TALK = (
    r"xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}",
    r"xapp-\d-[A-Za-z0-9-]{10,}",
    r"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}",
    r"\d{8,10}:AA[A-Za-z0-9_-]{32,}",
    r"EAA[A-Z][A-Za-z0-9]{20,}",
    r"AAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{60,}",
    r"(?:SK|AC)[0-9a-f]{32}" + _END,
    r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    r"key-[0-9a-f]{32}" + _END,
    r"[0-9a-f]{32}-us\d{1,2}" + _END,
    r"xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}",
    r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}",
    r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]+",
    r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/[\w/-]+",
    r"https://[\w.-]+\.webhook\.office\.com/\S+",
    r"https://hooks\.zapier\.com/hooks/catch/[\w/]+",
    r"https://chat\.googleapis\.com/v1/spaces/\S+key=\S+",
)
_WORK = (
    r"lin_(?:api|oauth)_[A-Za-z0-9]{30,}",
    r"(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})",
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}",
    r"pat-(?:na|eu|ap)\d-" + _UUID,
    r"fig[duo]_[A-Za-z0-9_-]{30,}",
    r"tfp_[A-Za-z0-9_.-]{40,}",
    r"CFPAT-[A-Za-z0-9_-]{40,}",
    r"sl\.[A-Za-z0-9_-]{15,}",
    r"[012]/\d{13,17}(?:/\d{13,17})?:[a-f0-9]{32}",
    r"sk\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}",
    r"(?:sk|rk)-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,}",
    r"(?:hf|r8|gsk|xai|pplx|nvapi)[_-][A-Za-z0-9_-]{30,}",
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?",
)
_MONEY = (
    r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
    r"whsec_[A-Za-z0-9+/=]{20,}",
    r"shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{28,}",
    r"sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}",
    r"rzp_(?:live|test)_[A-Za-z0-9]{14}",
    r"access-(?:sandbox|production|development)-" + _UUID,
    r"access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}",
    r"(?:shippo|duffel|lob)_(?:live|test)_[A-Za-z0-9_-]{30,}",
    r"EZ[AT]K[A-Za-z0-9]{54}",
    r"FLWSECK(?:_TEST)?-[a-h0-9-]{32,}",
)
# What any program writes.
_ANY = (
    r"-----BEGIN (?:[A-Z0-9 ]+ )?PRIVATE KEY(?: BLOCK)?-----",
    r"\bPuTTY-User-Key-File-\d: \S+",
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,64}:[^\s/:@]{3,64}@[\w.-]+",
    r"\b(?:session_?id|jsessionid|phpsessid|sid|auth_token|csrftoken)=[A-Za-z0-9_%-]{16,}",
    r"\bssh-(?:rsa|ed25519) AAAA[A-Za-z0-9+/=]{40,} \S+@\S+",
    r"(?<!\w)0x[0-9a-fA-F]{64}(?!\w)",
    r"\b[Bb]earer\s+(?=[^\s]*\d)[A-Za-z0-9._~+/=-]{20,}",
    r"\b[Bb]asic\s+(?=[A-Za-z0-9+/]*[A-Z0-9])[A-Za-z0-9+/]{16,}={0,2}" + _END,
    r"\bSSWS\s+[A-Za-z0-9_-]{30,}",
    # No word, no address, no name of a file: capitals, small letters and digits in any order.
    r"(?<![\w/.=&?#@%+:-])(?=[^\s\d]*\d[^\s\d]*\d[^\s\d]*\d)(?=[^\sA-Z]*[A-Z])(?=[^\sa-z]*[a-z])[A-Za-z0-9+/]{32,}={0,2}(?![\w/.-])",
    r"\b(?:token|secret)\s+(?=\S*\d)(?=\S*[A-Za-z])[\w.-]{20,}",
    r"\b(?:key|token|secret)\s*[:=]\s*(?=\w*\d)(?=\w*[a-f])[0-9a-f]{16,}" + _END,
    r"\b(?:Private|Preshared)Key\s*=\s*[A-Za-z0-9+/]{42,43}=",
)
KEYS = re.compile(
    # The border is asked for once: an alternative that begins with a letter is then passed over by it.
    rf"\b(?:{'|'.join((*_CLOUDS, *_CODE, *_TALK, *_WORK, *_MONEY))})|{'|'.join(_ANY)}"
)
