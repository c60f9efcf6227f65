package bellframe.http;

import bellframe.limits.Rate;
import bellframe.refusals.Refused;
import java.util.List;

/// Tells how often operations may be called; [bellframe.limits.RequestRates#draw] is the one that counts.
@FunctionalInterface
public interface Throttling {

    /// Lets everybody call whatever they may as often as they like.
    Throttling NONE = (_, _) -> {
    };

    /// Counts a request.
    ///
    /// @param rates what it draws on, in this order
    /// @param resources the ARNs that policies are evaluated on
    /// @throws Refused if one of the rates has no room for it
    void draw(List<Rate> rates, List<String> resources);
}
