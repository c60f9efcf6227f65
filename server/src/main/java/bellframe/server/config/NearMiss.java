package bellframe.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// Finds the name that someone probably meant.
final class NearMiss {

    private static final int EDITS_MAX = 4;

    private NearMiss() {
    }

    /// The known name with the fewest edits from the given one, if it takes few.
    static Optional<String> of(String name, Collection<String> known) {
        var distance = LevenshteinDistance.getDefaultInstance();
        String wanted = simplified(name);
        Comparator<String> fewestEdits = Comparator
                .comparing(candidate -> distance.apply(wanted, simplified(candidate)));
        return known.stream()
                .min(fewestEdits.thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance.apply(wanted, simplified(candidate)) <= EDITS_MAX);
    }

    /// Case and separators are slips of their own, not edits.
    private static String simplified(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }
}
