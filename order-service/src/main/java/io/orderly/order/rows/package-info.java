/** Many rows in one statement: they travel as a single JSON parameter, and PostgreSQL takes them apart by column name. */
@NullMarked
package io.orderly.order.rows;

import org.jspecify.annotations.NullMarked;
