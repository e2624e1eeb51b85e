package io.orderly.antipatterns.cachestampede;

import io.orderly.inventory.InventoryServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(InventoryServiceApplication.class)
@ConditionalOnBean(InventoryServiceApplication.class)
@Import(UnsharedLoads.class)
class CacheStampedeAutoConfiguration {}
