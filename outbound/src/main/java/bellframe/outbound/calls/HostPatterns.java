package bellframe.outbound.calls;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Names and addresses of hosts.
///
/// @param hosts the label `*` stands for any one label
public record HostPatterns(Set<String> hosts) {

    public HostPatterns {
        hosts = hosts.stream().map(HostPatterns::normal).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether this host is one of them.
    public boolean include(String host) {
        String name = normal(host);
        return hosts.contains(name) || hosts.stream().anyMatch(pattern -> isOf(pattern, name));
    }

    private static boolean isOf(String pattern, String name) {
        String[] wanted = pattern.split("\\.", -1);
        String[] labels = name.split("\\.", -1);
        boolean all = wanted.length == labels.length;
        for (int i = 0; all && i < labels.length; i++) {
            all = wanted[i].equals(labels[i]) || (wanted[i].equals("*") && !labels[i].isEmpty());
        }
        return all;
    }

    /// IPv6 addresses have brackets in URLs only.
    static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
