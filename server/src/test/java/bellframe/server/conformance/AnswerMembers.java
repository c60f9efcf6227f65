package bellframe.server.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// Which members an answer has, however deep, as the SDK decoded it.
///
/// A path has no indexes: `ChannelBans.Member.Arn` is that of every item. A list that is there and has no items is absent
/// as `ChannelBans[]`.
final class AnswerMembers {

    private final Set<String> absent = new TreeSet<>();
    private final Map<String, List<Object>> values = new HashMap<>();

    static AnswerMembers of(SdkPojo answer) {
        var members = new AnswerMembers();
        members.collect(answer, "");
        return members;
    }

    /// The members that are missing, or missing from one of several items.
    Set<String> absent() {
        return absent;
    }

    /// What a member is, once for each item.
    List<Object> values(String path) {
        return values.getOrDefault(path, List.of());
    }

    /// All timestamps.
    List<Instant> times() {
        return values.values()
                .stream()
                .flatMap(List::stream)
                .filter(Instant.class::isInstance)
                .map(Instant.class::cast)
                .toList();
    }

    private void collect(SdkPojo structure, String prefix) {
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = field.getValueOrDefault(structure);
            String path = prefix + field.memberName();
            if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
                absent.add(path);
            } else {
                collectValue(value, path);
            }
        }
    }

    private void collectValue(Object value, String path) {
        switch (value) {
            case SdkPojo structure -> collect(structure, path + ".");
            case List<?> items -> {
                if (items.isEmpty()) {
                    absent.add(path + "[]");
                }
                items.forEach(item -> collectValue(item, path));
            }
            case Map<?, ?> entries -> entries.forEach((key, entry) -> collectValue(entry, path + "." + key));
            default -> values.computeIfAbsent(path, _ -> new ArrayList<>()).add(value);
        }
    }
}
