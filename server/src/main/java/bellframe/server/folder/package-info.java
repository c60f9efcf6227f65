/// The data folder: what the first start creates in it, who holds it, and the keys and certificates in it.
///
/// Start with [DataFolder], which names every file. Runs on the main thread, and on those of the admin port for what an
/// operator asks of a running server; [Certificates] is also called by the thread that renews certificates.
@NullMarked
package bellframe.server.folder;

import org.jspecify.annotations.NullMarked;
