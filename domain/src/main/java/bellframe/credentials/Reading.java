package bellframe.credentials;

import java.util.List;
import java.util.function.UnaryOperator;

/// How a request may have been read by whoever signed it.
///
/// @param querySpellings the ways in which the query may have been encoded for signing, the likely one first
record Reading(boolean hostInLowerCase, List<UnaryOperator<String>> querySpellings) {

    /// Signers of API calls all agree.
    static final Reading API_CALL = new Reading(false, List.of(PercentEncoding.STRICT::respell));

    /// Signers of WebSocket connects are written by hand: they sign the host in lower case, and the query as their
    /// language encodes it or just as they send it.
    static final Reading CONNECT = new Reading(true, List.of(
            PercentEncoding.STRICT::respell,
            PercentEncoding.URI_COMPONENT::respell,
            UnaryOperator.identity()));
}
