/// Unmodified clients, each but [JavaSdk] in a process of its own, against the server in its own process.
///
/// Start with [AwsCliIT]. Nothing here links the server; it is run as `./bellframe` runs it.
@NullMarked
package bellframe.clients;

import org.jspecify.annotations.NullMarked;
