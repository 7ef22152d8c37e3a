/** Requests that `openssl req` made. */
export const requests: Readonly<
  Record<string, { readonly pem: string; readonly subject: string; readonly organizations: readonly string[] }>
> = {
  RSA: {
    subject: 'jane',
    organizations: ['harbour', 'crew'],
    pem: `-----BEGIN CERTIFICATE REQUEST-----
MIICdTCCAV0CAQAwMDEQMA4GA1UECgwHaGFyYm91cjENMAsGA1UECgwEY3JldzEN
MAsGA1UEAwwEamFuZTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBALTJ
xY8f9stNxcuXzTv4AXb2t9qWVsYKIWEWdPJv0PvnxR1toUTtC6A6udjHOKft7oEz
kwh64sMNkeZqGTgG3Y2WnHUf4xZnbOx6POVG4WIj7G4Yv/8PjELrmBFPO/8Lcjq6
ehPouCNLZnaRXq+1wYOs5GCrWWTZAv6j5L74wDxw3rkv8CT+Xoh/kGvo6pXRszen
BJ0VsuzDekaoBgZn5YUSpguVwG36gadDSI0j9dEqq0zMs3n1g+zuHDY9GP0B00pV
k/5QbhcT7T1M+hcoEAitfQyaBpbhiYUraYvK/1qpKdg3RjGTj+2FEYYiUbtTMvk+
H55I7ZDdoUoRYX/psRsCAwEAAaAAMA0GCSqGSIb3DQEBCwUAA4IBAQBZsLWeiRCT
vSy5V+qPUekjJ1UZf2qvfGDI9CD67EyxI3VRsHfdchbuO8rjbEzZ3jp6RZGxSw1S
KZcEZGcDtHFGDCWf3ocGuAx1PAGeIJNL8JuLlAVNQmwhvhg/Ipip4a7U/demjjBU
Y+dlI0kEevhMCHf96ZwEIrjtvAYzPuW1/hQjNugw5dL9/OMVuoqjif8TpNhzGCcY
adsPpCI2tBzKRgzCy39ENtJaerVwUKG+i5/2JcHdaNk0smurY7WaTMEzjzbpYEzg
XEQyOS5zF5sk+S5rukXzA+FeMj2zRZW4e74Vgfnbvul+OUMxRUMPnqCA4I2wS4V9
PlyCsYOhvXSF
-----END CERTIFICATE REQUEST-----
`,
  },
  'P-256': {
    subject: 'joe',
    organizations: [],
    pem: `-----BEGIN CERTIFICATE REQUEST-----
MIH2MIGdAgEAMA4xDDAKBgNVBAMMA2pvZTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABAKgFFThg+o4cORwgo52mAPraMQknJNVcg7rLF1c4SwPRpt/yGHUTYAMdZZ/
7ncu/5OTqd1WvarjwmAxSPulp5CgLTArBgkqhkiG9w0BCQ4xHjAcMBoGA1UdEQQT
MBGCCWEuZXhhbXBsZYcECgAAATAKBggqhkjOPQQDAgNIADBFAiEAkaQ1waRlqcW5
+ZgV4vLW4eKv0eJgyamNybxaIjc5/sYCIANizjGWTjGPHLaub48vFac4Hvc79yF6
wz5Af0RZMl8H
-----END CERTIFICATE REQUEST-----
`,
  },
  'P-384': {
    subject: 'ann',
    organizations: [],
    pem: `-----BEGIN CERTIFICATE REQUEST-----
MIIBBTCBjQIBADAOMQwwCgYDVQQDDANhbm4wdjAQBgcqhkjOPQIBBgUrgQQAIgNi
AAT+dojeBy85fcEKyJ3qVpIHm4/6wixTo3re7JETkKzqJjkt55ZqeFrNNBGuJzJh
On9dR+Wk+eTrUFKW410WWkJwZtpdy4JB3VeyEhnJfrcqfY+/WjzWyceRzMqNzXuJ
gHCgADAKBggqhkjOPQQDAgNnADBkAjBtBMVS+3CCnV5tprHMMev1vE79RWo6kCNO
n13TFN6PYB9aSPxfog+QWJBDZBiE/CgCMHNiyArg+TAYQybcqTaOqjEF5ig1Fm+1
YCLkpqnRRQ+hkemJZ3RU//9EEPywjXsvkw==
-----END CERTIFICATE REQUEST-----
`,
  },
};
