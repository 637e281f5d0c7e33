package extract

import (
	"encoding/json"
	"strings"
)

// salary gives the pay of a JobPosting: a text as it is, an object as JSON,
// which the pay reader reads.
func salary(o map[string]any) string {
	for _, key := range []string{"baseSalary", "estimatedSalary"} {
		v := o[key]
		switch n := v.(type) {
		case nil:
			continue
		case string:
			return HTMLText(n)
		case json.Number:
			v = map[string]any{"@type": "MonetaryAmount", "value": n}
		}
		for _, m := range objectsOf(v) {
			if key == "estimatedSalary" {
				m["@type"] = "MonetaryAmountDistribution"
			}
			if currency := plain(o["salaryCurrency"]); currency != "" && m["currency"] == nil {
				m["currency"] = currency
			}
		}
		return objectText(v)
	}
	return ""
}

// objectsOf gives the objects that a value is or lists.
func objectsOf(v any) (out []map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// objectText writes a value as JSON, its texts decoded.
func objectText(v any) string {
	body, err := json.Marshal(decodedTexts(v))
	if err != nil {
		return ""
	}
	return string(body)
}

func decodedTexts(v any) any {
	switch v := v.(type) {
	case string:
		return HTMLText(v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = decodedTexts(item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, item := range v {
			out[key] = decodedTexts(item)
		}
		return out
	}
	return v
}

// PayObject writes pay as the object that the pay reader knows; empty where there
// is neither amount. unit is YEAR, MONTH, HOUR or the like.
func PayObject(lowest, highest any, currency, unit string) string {
	if lowest == nil && highest == nil {
		return ""
	}
	value := map[string]any{"@type": "QuantitativeValue"}
	if lowest != nil {
		value["minValue"] = lowest
	}
	if highest != nil {
		value["maxValue"] = highest
	}
	if unit = strings.TrimSpace(unit); unit != "" {
		value["unitText"] = unit
	}
	return objectText(map[string]any{
		"@type": "MonetaryAmount", "currency": strings.TrimSpace(currency), "value": value,
	})
}
