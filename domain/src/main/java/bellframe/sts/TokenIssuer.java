package bellframe.sts;

import java.util.List;

/// An OpenID Connect provider whose tokens are accepted.
///
/// @param url as its tokens name it in `iss`, to the last slash: `https://host[:port][/path]`
/// @param clientIds the audiences whose tokens are accepted
public record TokenIssuer(String url, List<String> clientIds) {

    public TokenIssuer {
        clientIds = List.copyOf(clientIds);
    }
}
