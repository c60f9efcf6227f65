package bellframe.credentials;

import org.jspecify.annotations.Nullable;

/// Who signed a request, and with which credentials.
///
/// @param sessionToken what came with the key, if it is a temporary one
public record Signer(String accessKeyId, @Nullable String sessionToken, Principal principal) {

    /// Leaves out the token: whoever has it and the secret acts as the principal.
    @Override
    public String toString() {
        return "Signer[" + accessKeyId + " " + principal.arn() + "]";
    }
}
