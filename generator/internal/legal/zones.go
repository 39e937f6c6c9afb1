//go:build !js

package legal

import _ "time/tzdata" // so that zones are known on every machine; a browser's page needs none
