package drop

import "strings"

// nearest returns the known word that another is most likely a slip for, empty if none is near:
// at most two letters are wrong, missing, too many or changed in order, and fewer than half.
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := slips(strings.ToLower(word), strings.ToLower(k)); d < least && 2*d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// slips counts what makes one word of another; words of more than 64 bytes are far from any.
func slips(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	var rows [3][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, last, before := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}
