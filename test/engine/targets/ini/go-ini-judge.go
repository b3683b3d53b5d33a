// Reads a JSON list of INI texts and answers what go-ini makes of each: "fault", or section, key and value. With an
// argument, go-ini saves each text and reads it again first.
package main

import (
	"bytes"
	"encoding/json"
	"os"

	"gopkg.in/ini.v1"
)

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := []interface{}{}
	for _, text := range texts {
		file, err := ini.Load([]byte(text))
		if err != nil {
			answers = append(answers, "fault")
			continue
		}
		if len(os.Args) > 1 {
			var saved bytes.Buffer
			if _, err := file.WriteTo(&saved); err != nil {
				panic(err)
			}
			if file, err = ini.Load(saved.Bytes()); err != nil {
				answers = append(answers, "fault")
				continue
			}
		}
		values := map[string]string{}
		for _, section := range file.Sections() {
			for _, key := range section.Keys() {
				values[section.Name()+"."+key.Name()] = key.Value()
			}
		}
		answers = append(answers, values)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
