package bellframe.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What requests have, as tables write it: `aws:userid=alice; aws:TagKeys=a,b`. A `-` stands for nothing.
final class Contexts {

    private Contexts() {
    }

    static PolicyContext of(String text) {
        var values = new HashMap<String, List<String>>();
        Arrays.stream(text.split(";", -1))
                .map(String::strip)
                .filter(entry -> entry.contains("="))
                .map(entry -> entry.split("=", 2))
                .forEach(entry -> values.put(entry[0].toLowerCase(Locale.ROOT), List.of(entry[1].split(",", -1))));
        return of(values);
    }

    static PolicyContext of(Map<String, List<String>> values) {
        return key -> values.getOrDefault(key, List.of());
    }
}
