/**
 * The request file that introduces the demo, as text.
 *
 * `media/samples/demo.http` is this text for the port the demo likes best; a test keeps the two the same.
 *
 * @param url base URL of the running demo, without a trailing slash
 */
export function sample(url: string): string {
  return `# A small API on this machine, to try Latchkey on. Everything below happens here and nowhere else.
# Run "Latchkey: Open Demo" (F1) to start it, then press Send Request above a request, from the top.

@demo = ${url}

### Hello
# Needs no credential. The answer holds a demo token: copy it.
GET {{demo}}/

### Who am I?
# At first 401: nothing was sent. The card offers Add Service: pick Bearer Token, paste the token, send again.
GET {{demo}}/me

### An expired token
# 401 for another reason. The card says when the token ran out, and how we know.
GET {{demo}}/expired

### Not allowed
# 403: the token is good, but it was never given the scope reports:read.
GET {{demo}}/reports
    ?year=2025
    &month=3

### Not about the token
# 400: the order is wrong. Your token stays out of it. Make the quantity 1 and send again.
POST {{demo}}/orders
Content-Type: application/json

{
  "item": "latch key",
  "quantity": 0
}

### Too many calls
# 429: wait five seconds, as the card says, and the next call goes through.
GET {{demo}}/limited

### Sent somewhere else
# A redirect to another origin. The token stays behind: look at Timeline.
GET {{demo}}/elsewhere

### A sign-in page
# An API call that ends on a page for people.
GET {{demo}}/login

### Covered
# The server sends back all that arrived. What you see of your token is still masked.
GET {{demo}}/echo

### Without the token, on purpose
# @no-auth
GET {{demo}}/me

### Slow
# Three seconds of silence, then five lines. Cancel works at any time.
GET {{demo}}/slow

### Large
# About 20 MB of JSON: more than Latchkey keeps in memory.
GET {{demo}}/large
`;
}
