package bellframe.server;

import bellframe.credentials.AccessKey;
import bellframe.iam.UserAccessKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Access keys as people read them: a line each, the root key first, then by user and age.
final class KeyTable {

    private static final List<String> HEAD = List.of("ACCESS KEY", "USER", "STATUS", "CREATED");
    /// No user can have such a name.
    private static final String ROOT = "(root)";
    private static final String ACTIVE = "Active";
    private static final String INACTIVE = "Inactive";
    private static final String UNKNOWN = "-";
    private static final String GAP = "  ";

    private KeyTable() {
    }

    static String of(AccessKey root, Collection<UserAccessKey> keys) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEAD);
        lines.add(List.of(root.id(), ROOT, ACTIVE, UNKNOWN));
        keys.stream()
                .sorted(Comparator.comparing(UserAccessKey::userName)
                        .thenComparing(UserAccessKey::created)
                        .thenComparing(UserAccessKey::id))
                .map(KeyTable::cells)
                .forEach(lines::add);
        return aligned(lines);
    }

    private static List<String> cells(UserAccessKey key) {
        Instant created = key.created().truncatedTo(ChronoUnit.SECONDS);
        return List.of(key.id(), key.userName(), key.active() ? ACTIVE : INACTIVE, created.toString());
    }

    private static String aligned(List<List<String>> lines) {
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0))
                .toArray();
        return lines.stream()
                .map(cells -> IntStream.range(0, widths.length)
                        .mapToObj(column -> padded(cells.get(column), widths[column]))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
