package bellframe.api;

import org.jspecify.annotations.Nullable;

/// The XML documents that answer a request of the AWS Query protocol.
///
/// @param xmlNamespace that of the service, [QueryService#xmlNamespace]
/// @param requestId the same as in the header `x-amzn-RequestId`
public record QueryAnswer(String xmlNamespace, String requestId) {

    private static final int SERVER_ERRORS = 500;

    /// The answer of an operation that succeeded; there is no result element if it has no output.
    public <O> byte[] success(QueryOperation<?, ?, O> operation, @Nullable O output) {
        return XmlOutput.document(operation.name() + "Response", xmlNamespace, xml -> {
            if (output != null) {
                operation.writer().write(xml, output);
            }
            xml.structure("ResponseMetadata", requestId, (metadata, id) -> metadata.string("RequestId", id));
        });
    }

    /// The answer of an error.
    ///
    /// @param status the HTTP status, which says whose fault the error is
    public byte[] error(int status, String code, String message) {
        return XmlOutput.document("ErrorResponse", xmlNamespace, xml -> {
            xml.structure("Error", message, (error, text) -> {
                error.string("Type", status >= SERVER_ERRORS ? "Receiver" : "Sender");
                error.string("Code", code);
                error.string("Message", text);
            });
            xml.string("RequestId", requestId);
        });
    }
}
