/// What the server proves itself with on TLS connections, and the files of the user that it may come from.
///
/// Start with [CertificateSource]. The local authority, the source of those who have no files, is in the data folder and
/// therefore in `bellframe.server.folder`. Runs on the main thread at the start and then on the one that looks for new
/// certificates.
@NullMarked
package bellframe.server.tls;

import org.jspecify.annotations.NullMarked;
