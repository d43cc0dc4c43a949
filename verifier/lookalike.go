package verifier

// maxLookAlikes bounds how many texts of documents a report tells of.
const maxLookAlikes = 16

// sayTexts tells of texts that documents show, and that only look like one the rule compares with:
// a reader takes them for it, and the rule does not. Each is told once, of the first token that shows it.
func (r *reservations) sayTexts(d *drop, entries []entry) {
	told := 0
	for slot, alike := range d.Program.Alike(d.infos) {
		seen := map[string]bool{}
		for _, e := range entries {
			if e.reason != "" {
				continue
			}
			shown := e.parsed.Values[slot].Text
			if shown == "" || seen[shown] {
				continue
			}
			seen[shown] = true
			text := alike.To(shown)
			if text == "" {
				continue
			}
			if told++; told > maxLookAlikes {
				return
			}
			r.say("spelling", "Token %d shows %s as %q, which looks like the rule's %q: to the rule it is another text.", e.bundle.Statement.ID, d.infos[slot], shown, text)
		}
	}
}
