package bellframe.refusals;

import org.jspecify.annotations.Nullable;

/// Every way to say no: the error's name on the wire, its HTTP status, the `Code` member of its body and its text.
///
/// Names, statuses and codes are the API models'; the ones without a code are those of AWS's front door, which no model
/// declares, and those of IAM and STS, whose errors have one name only. Texts may change; clients must go by the name.
public enum Refusal {
    INVALID_INPUT("BadRequestException", 400, "BadRequest", "The input is not valid."),
    RESOURCE_LIMIT_EXCEEDED("ResourceLimitExceededException", 400, "ResourceLimitExceeded",
            "A limit on the number of resources is reached."),
    INVALID_BEARER("UnauthorizedClientException", 401, "Unauthorized",
            "An invalid app instance user ARN was supplied for the x-amz-chime-bearer HTTP header."),
    NOT_ALLOWED("ForbiddenException", 403, "Forbidden",
            "You do not have sufficient access to perform this action."),
    INVALID_USER_IN_INPUT("ForbiddenException", 403, "Forbidden",
            "An invalid app instance user ARN was supplied for the input parameter."),
    NOT_FOUND("NotFoundException", 404, "NotFound", "The resource does not exist."),
    CONFLICT("ConflictException", 409, "Conflict", "The request conflicts with the state of the resource."),
    THROTTLED("ThrottledClientException", 429, "Throttled", "Too many requests; slow down."),
    INTERNAL_FAILURE("ServiceFailureException", 500, "ServiceFailure", "The service failed."),
    UNAVAILABLE("ServiceUnavailableException", 503, "ServiceUnavailable",
            "The service cannot take the request now; try again."),

    UNKNOWN_OPERATION("UnknownOperationException", 404, null, "No operation has this method and path."),
    MALFORMED_REQUEST("MalformedHttpRequestException", 400, null, "The request is not well-formed HTTP."),
    REQUEST_TIMEOUT("RequestTimeoutException", 408, null, "The request did not arrive in time."),
    REQUEST_LINE_TOO_LONG("RequestUriTooLongException", 414, null, "The request line is too long."),
    UPGRADE_REQUIRED("UpgradeRequiredException", 426, null, "This path speaks WebSocket, version 13."),
    HEADERS_TOO_LARGE("RequestHeaderFieldsTooLargeException", 431, null, "The request headers are too large."),
    BODY_TOO_LARGE("RequestEntityTooLargeException", 413, null, "The request body is too large."),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaTypeException", 415, null, "The request body must be JSON."),
    MISSING_AUTHENTICATION("MissingAuthenticationTokenException", 403, null, "Missing Authentication Token"),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 403, null, "The Authorization header is not complete."),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403, null,
            "The security token included in the request is invalid."),
    INVALID_SIGNATURE("InvalidSignatureException", 403, null,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
    EXPIRED_TOKEN("ExpiredTokenException", 403, null, "The security token included in the request is expired"),
    ACCESS_DENIED("AccessDeniedException", 403, null, "Access denied."),

    NO_SUCH_ENTITY("NoSuchEntity", 404, null, "The entity does not exist."),
    ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409, null, "An entity of this name exists already."),
    DELETE_CONFLICT("DeleteConflict", 409, null, "The entity still has something that must be deleted first."),
    LIMIT_EXCEEDED("LimitExceeded", 409, null, "A limit of the account is reached."),
    UNUSABLE_INPUT("InvalidInput", 400, null, "The input cannot be used."),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400, null, "The policy document is not valid."),
    PACKED_POLICY_TOO_LARGE("PackedPolicyTooLarge", 400, null,
            "The session policy and tags are larger than a session token holds."),
    INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400, null,
            "The web identity token that was passed could not be validated."),
    EXPIRED_IDENTITY_TOKEN("ExpiredTokenException", 400, null, "The web identity token that was passed is expired."),
    IDP_REJECTED_CLAIM("IDPRejectedClaim", 403, null,
            "The web identity token is for an audience that is not registered with its identity provider."),
    IDP_COMMUNICATION_ERROR("IDPCommunicationError", 400, null,
            "The identity provider that issued the token could not be asked for its keys; try again.");

    private final String error;
    private final int status;
    private final @Nullable String code;
    private final String text;

    Refusal(String error, int status, @Nullable String code, String text) {
        this.error = error;
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /// The name that `x-amzn-ErrorType` carries and SDKs turn into a class.
    public String error() {
        return error;
    }

    public int status() {
        return status;
    }

    public @Nullable String code() {
        return code;
    }

    public String text() {
        return text;
    }
}
