/// Turns the token of an application's identity provider into what a chat client in a browser needs.
///
/// Start with [bellframe.exchange.CredentialExchange]. It runs on the virtual thread of a request.
@NullMarked
package bellframe.exchange;

import org.jspecify.annotations.NullMarked;
