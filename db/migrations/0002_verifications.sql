CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`duration_ms` integer NOT NULL,
	`host` text NOT NULL,
	`platform` text NOT NULL,
	`arch` text NOT NULL,
	`processor` text NOT NULL,
	`node` text NOT NULL,
	`engine` text NOT NULL,
	`engine_version` text NOT NULL,
	`weights_sha256` text,
	`test_logits_sha256` text,
	`weights` text NOT NULL,
	`test_logits` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `verifications_by_run` ON `verifications` (`run_id`,`at`);