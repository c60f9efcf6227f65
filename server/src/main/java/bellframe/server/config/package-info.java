/// The configuration: what can be set, where it is read from, what is allowed.
///
/// Start with [Setting], the catalogue of all keys; [ServerConfig] is the validated result, [ConfigReader] makes it, and
/// [ConfigDocument] writes it out again. Runs on the main thread before anything else starts.
@NullMarked
package bellframe.server.config;

import org.jspecify.annotations.NullMarked;
