package bellframe.http;

import bellframe.credentials.Origin;
import bellframe.credentials.Principal;
import bellframe.refusals.Refused;
import java.util.List;

/// Tells what principals may do; [bellframe.credentials.Permissions#require] is the one that counts.
@FunctionalInterface
public interface Authorization {

    /// Refuses what the principal may not do.
    ///
    /// @param action `chime:` and the name of an operation
    /// @param resources the ARNs of which each must be allowed; none for an action on nothing in particular
    /// @throws Refused if a policy denies it, or none allows it
    void require(Principal principal, Origin origin, String action, List<String> resources);
}
