package bellframe.outbound.calls;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whom the server may call.
///
/// @param hosts names and addresses that may be called; the label `*` stands for any one label
/// @param privateAddresses whether a name may lead to this machine and its networks, and plain HTTP may be spoken there
/// @param authorities certificates in PEM, of authorities that are trusted beside those of the JDK
public record CallRules(Set<String> hosts, boolean privateAddresses, @Nullable Path authorities, CallLimits limits) {

    public CallRules {
        hosts = hosts.stream().map(CallRules::normal).collect(Collectors.toUnmodifiableSet());
    }

    /// The host of a URL, as the rules name it.
    public static String hostOf(URI address) {
        return normal(String.valueOf(address.getHost()));
    }

    boolean allowsHost(String host) {
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
    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
