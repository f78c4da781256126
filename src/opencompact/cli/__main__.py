from opencompact.cli.main import main

main()
