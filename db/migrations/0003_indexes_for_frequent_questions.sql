CREATE INDEX `attempts_by_state` ON `attempts` (`state`);--> statement-breakpoint
CREATE INDEX `attempts_by_end` ON `attempts` (`ended_at`);--> statement-breakpoint
CREATE INDEX `jobs_by_wait` ON `jobs` (`waits_for_run`,`state`);--> statement-breakpoint
CREATE INDEX `jobs_by_position` ON `jobs` (`position`);--> statement-breakpoint
CREATE INDEX `runs_by_source` ON `runs` (`reused_from`);--> statement-breakpoint
CREATE INDEX `runs_by_end` ON `runs` (`ended_at`);